// Building elements without markup in strings: text is always text.

/** Return an element: el("button", {class: "send", onclick: …}, "text", child). */
export function el(tag, traits = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(traits)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name in element && !["list", "width", "height"].includes(name) && name !== "class") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SHAPES = {
  attach: "M12 5v14M5 12h14",
  send: "M4 12 20 4l-5 16-3.5-6.5z",
  keys: "M4 7h16v10H4zM7.5 10.5h.01M11 10.5h.01M14.5 10.5h.01M9 14h6",
  more: "M12 5.5h.01M12 12h.01M12 18.5h.01",
  close: "M6 6l12 12M18 6 6 18",
  reply: "M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6",
  pen: "M5 19l1-4L16 5l3 3L9 18z",
  voice: "M12 4a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4zM6.5 11a5.5 5.5 0 0 0 11 0M12 16.5V20",
  place: "M12 21c4-5 6-8 6-11a6 6 0 0 0-12 0c0 3 2 6 6 11zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  photo: "M4 6h16v13H4zM4 16l5-5 4 4 2-2 5 4M15.5 10h.01",
  scan: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8 8h3v3H8zM13 13h3v3h-3zM13 8h3M8 13v3",
  block: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM6.5 6.5l11 11",
  leave: "M9 4H5v16h4M13 8l4 4-4 4M17 12H9",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0",
  tour: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM15 9l-2 4-4 2 2-4z",
  light: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.600 5.600l1.100 1.100M17.300 17.300l1.100 1.100M18.400 5.600l-1.100 1.100M6.700 17.300l-1.100 1.100",
  play: "M8 5.5v13l10-6.5z",
  clock: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v4l3 2",
  next: "M5 6l7 6-7 6zM14 6l5 6-5 6",
  bin: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  down: "M6 9l6 6 6-6",
};

/** Return a small line drawing. */
export function icon(name) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", `icon icon-${name}`);
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name]);
  drawing.append(path);
  return drawing;
}

/** Return a button with a drawing alone, named for those who do not see it. */
export function iconButton(name, label, onclick, traits = {}) {
  return el("button", { type: "button", class: `icon-button ${traits.class || ""}`, title: label, "aria-label": label, onclick, ...omit(traits, "class") }, icon(name));
}

function omit(traits, name) {
  const { [name]: _, ...others } = traits;
  return others;
}

/** Make an element's children the given ones by key, keeping those that did not change, and where the eye rests. */
export function reconcile(parent, items, keyOf, build) {
  const standing = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    const print = JSON.stringify(item);
    let child = standing.get(key);
    standing.delete(key);
    if (!child || child.print !== print) {
      const built = build(item, child);
      built.dataset.key = key;
      built.print = print;
      if (child) {
        if (place === child) place = built;
        child.replaceWith(built);
      }
      child = built;
    }
    if (place === child) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }
  for (const child of standing.values()) child.remove();
}

/** Return a colour of its own for a name, out of a handful that go together. */
export function tint(id) {
  return `tint-${Math.abs(Number(id)) % 7}`;
}

/** Return a round badge for somebody. */
export function avatar(chat, traits = {}) {
  const grid = /^第(\d+)/.exec(chat.title);
  const kind = chat.kind === "group" ? "of-group" : "";
  return el("span", { class: `avatar ${tint(chat.id)} ${kind} ${traits.class || ""}`, "aria-hidden": "true" }, grid ? grid[1] : [...chat.title][0]);
}
