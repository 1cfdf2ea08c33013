// Stands on somebody else's page: puts a form of ours where the script stands, and keeps each frame of ours as high as its page.
// It reads the address line for where a visitor came from, keeps nothing, and sends nothing but a greeting to its own frames.
(() => {
  const script = document.currentScript;
  const ours = new URL(script.src).origin;
  const TALLEST = 20000;

  const grow = (frame) => {
    const greet = () => frame.contentWindow?.postMessage({ leadstone: "hello" }, ours);
    let pages = 0;
    frame.dataset.leadstone = "on";
    frame.addEventListener("load", () => {
      greet();
      pages += 1;
      // The next page begins at its top, which may be out of sight by now.
      if (pages > 1 && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
    });
    addEventListener("message", ({ origin, source, data }) => {
      if (origin !== ours || source !== frame.contentWindow || data?.leadstone !== "height") return;
      if (data.height > 0 && data.height < TALLEST) frame.style.height = `${Number(data.height)}px`;
    });
    return greet;
  };

  const made = ({ magnet, lang, via, title }) => {
    const query = new URLSearchParams(lang ? { lang } : {});
    const came = [...new URLSearchParams(location.search)].filter(([name]) => name === "via" || name.startsWith("utm_"));
    for (const [name, value] of came) query.set(name, value);
    if (via && !came.length) query.set("via", via);
    const frame = document.createElement("iframe");
    frame.src = `${ours}/m/${encodeURIComponent(magnet)}/embed?${query}`;
    frame.title = title ?? "";
    // Not as attributes: a policy without inline styles would refuse those.
    Object.assign(frame.style, { width: "100%", height: "640px", border: "0", display: "block" });
    return frame;
  };

  if (script.dataset.magnet) {
    const frame = made(script.dataset);
    grow(frame);
    script.after(frame);
  }
  for (const frame of document.querySelectorAll('iframe[data-leadstone=""]')) {
    if (new URL(frame.src).origin !== ours) continue;
    const greet = grow(frame);
    // It may have been loaded before this script.
    if (document.readyState === "complete") greet();
    else addEventListener("load", greet);
  }
})();
