/* The counter's camera: reads a QR code where the browser can (BarcodeDetector); typing always works. */
const till = document.querySelector("[data-till]");
const scan = document.querySelector("[data-scan]");
const says = document.querySelector("[data-scan-says]");
const LOOK_EVERY_MS = 150;

/* A hand scanner is a fast keyboard that waits for nobody. `autofocus` acts only with the browser's first picture, and letters
   that come before it go astray; here the focus stands before the page has loaded. */
const verdict = document.querySelector("[data-verdict]");
(verdict?.querySelector("[autofocus]") ?? verdict ?? till?.elements.code)?.focus();

async function canRead() {
  if (!("BarcodeDetector" in globalThis) || !navigator.mediaDevices?.getUserMedia) return false;
  return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
}

function tell(words) {
  says.textContent = words;
  says.hidden = false;
}

async function look() {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch (fault) {
    tell(fault.name === "NotAllowedError" ? says.dataset.refused : says.dataset.absent);
    return;
  }
  const dialog = document.querySelector(".scanner");
  const video = dialog.querySelector("video");
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const stop = () => stream.getTracks().forEach((track) => track.stop());
  dialog.addEventListener("close", stop, { once: true });
  video.srcObject = stream;
  dialog.showModal();
  await video.play();
  while (dialog.open) {
    const [found] = await detector.detect(video).catch(() => []);
    if (found?.rawValue) {
      dialog.close();
      till.elements.code.value = found.rawValue;
      till.requestSubmit();
      return;
    }
    await new Promise((resolve) => { setTimeout(resolve, LOOK_EVERY_MS); });
  }
}

if (till && scan) {
  scan.addEventListener("click", look);
  document.querySelector("[data-stop]").addEventListener("click", (event) => event.target.closest("dialog").close());
  canRead().then((can) => { scan.hidden = !can; });
}
