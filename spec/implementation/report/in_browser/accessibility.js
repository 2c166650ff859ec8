// What is wrong with a page for those who cannot see it well: a list of sentences, empty where nothing is.
(() => {
  const wrong = [];
  const say = (what, element) => wrong.push(`${what}: ${element.outerHTML.slice(0, 160)}`);
  const visible = (element) => element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true });

  const parsed = (text) => {
    const numbers = text.match(/[\d.]+/g).map(Number);
    const scale = text.startsWith("color(srgb") ? 255 : 1;
    return { rgb: numbers.slice(0, 3).map((x) => x * scale), alpha: numbers[3] ?? 1 };
  };
  const over = (top, below) => top.rgb.map((x, i) => x * top.alpha + below[i] * (1 - top.alpha));
  const background = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) layers.push(parsed(getComputedStyle(e).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const luminance = (rgb) => rgb
    .map((x) => x / 255)
    .map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4))
    .reduce((sum, x, i) => sum + x * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || ["SCRIPT", "STYLE", "title", "OPTION"].includes(element.tagName) || !visible(element)) continue;
    texts += 1;
    const style = getComputedStyle(element);
    const colour = element instanceof SVGElement ? style.fill : style.color;
    const behind = background(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const found = contrast(over(parsed(colour), behind), behind);
    if (found < (large ? 3 : 4.5)) say(`contrast ${found.toFixed(2)}`, element);
  }
  if (!texts) wrong.push("there is no text");

  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  for (const id of ids.filter((id, i) => ids.indexOf(id) < i)) wrong.push(`id ${id} twice`);
  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) say(`heading of level ${own} after ${level}`, heading);
    if (!heading.textContent.trim()) say("empty heading", heading);
    level = own;
  }
  for (const e of document.querySelectorAll("img")) if (!e.alt) say("picture without a description", e);
  for (const e of document.querySelectorAll("svg[role=img]")) {
    if (!e.getAttribute("aria-label")) say("drawing without a description", e);
  }
  for (const e of document.querySelectorAll("input, select, textarea")) {
    if (!e.labels.length && !e.ariaLabel) say("control without a label", e);
  }
  for (const e of document.querySelectorAll("button, a, summary")) {
    if (!e.textContent.trim() && !e.ariaLabel) say("link or button without a text", e);
    if (visible(e) && e.tabIndex < 0) say("out of reach of the keyboard", e);
  }
  for (const e of document.querySelectorAll("thead th")) if (e.scope !== "col") say("heading of no column", e);
  for (const e of document.querySelectorAll("a[href^='#']")) {
    if (!document.getElementById(e.getAttribute("href").slice(1))) say("link to nowhere", e);
  }
  for (const e of document.querySelectorAll("[aria-labelledby]")) {
    if (!document.getElementById(e.getAttribute("aria-labelledby"))) say("label that is nowhere", e);
  }
  for (const e of document.querySelectorAll("pre")) {
    if (e.scrollWidth > e.clientWidth && e.tabIndex < 0) say("scrolls, but not by keyboard", e);
  }
  for (const tag of ["main", "h1", "title"]) {
    if (document.querySelectorAll(tag === "title" ? "head > title" : tag).length !== 1) wrong.push(`not one ${tag}`);
  }
  if (!document.documentElement.lang) wrong.push("no language");
  return wrong;
})()
