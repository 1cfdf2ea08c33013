// Reads a QR code with the camera: with the browser's own reader where there is one, else with ours.
import decodeQR from "qr/decode.js";

const LOOK_EVERY_MS = 120;
const WIDEST = 960; // more pixels cost time and find nothing more

/** What the first code before the camera says. Rejects with "denied" or "none"; resolves with null when `signal` ends it. */
export async function scan(video, signal) {
  const stream = await openCamera();
  try {
    video.srcObject = stream;
    await video.play();
    const read = await newReader();
    while (!signal.aborted) {
      const text = await read(video);
      if (text) return text;
      await new Promise((resolve) => { setTimeout(resolve, LOOK_EVERY_MS); });
    }
    return null;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}

async function openCamera() {
  if (!navigator.mediaDevices?.getUserMedia) throw new Error("none");
  try {
    const wanted = { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } };
    return await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
  } catch (fault) {
    throw new Error(fault.name === "NotAllowedError" || fault.name === "SecurityError" ? "denied" : "none", { cause: fault });
  }
}

/** A function from a picture to the words in it, or "". */
export async function newReader() {
  const own = await browsersOwn();
  if (own) return async (source) => (await own.detect(source))[0]?.rawValue ?? "";
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (source) => {
    const width = source.videoWidth ?? source.width;
    const height = source.videoHeight ?? source.height;
    if (!width || !height) return "";
    const scale = Math.min(1, WIDEST / width);
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    context.drawImage(source, 0, 0, canvas.width, canvas.height);
    return readPixels(context.getImageData(0, 0, canvas.width, canvas.height));
  };
}

/** The words in a picture (`ImageData`), or "". */
export function readPixels(picture) {
  try {
    return decodeQR(picture);
  } catch {
    return ""; // no code in this picture: the next one may hold it
  }
}

async function browsersOwn() {
  if (!("BarcodeDetector" in globalThis)) return null;
  try {
    const formats = await BarcodeDetector.getSupportedFormats();
    return formats.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
  } catch {
    return null; // named, but without an engine behind it, as on some Androids
  }
}
