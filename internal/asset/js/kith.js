// Kith's own script: comfort only. Every page works without it, so each part
// looks for what it improves and leaves the rest alone. Events are delegated
// from the document, so parts swapped in later behave like parts loaded first.

const later = (wait, act) => {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...given), wait);
  };
};
const words = document.body.dataset;

// --- Rows: a click anywhere in a row follows the link of that row. ---------

document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-href]");
  if (!row || event.defaultPrevented || event.button !== 0) return;
  if (event.target.closest("a, button, input, select, label, summary")) return;
  if (String(getSelection())) return;
  if (event.ctrlKey || event.metaKey) open(row.dataset.href);
  else location.assign(row.dataset.href);
});

// --- Buttons that print, and those that only make sense with a script. -----

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});

// A text is copied to be pasted elsewhere; the button says that it is.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  const box = button && document.getElementById(button.dataset.copy);
  if (!box) return;
  box.select();
  const told = () => { button.textContent = button.dataset.copied; };
  if (navigator.clipboard) navigator.clipboard.writeText(box.value).then(told, () => {});
  else if (document.execCommand("copy")) told();
});

function reveal(root) {
  for (const part of root.querySelectorAll(".needs-script[hidden]")) part.hidden = false;
}

// --- A form is sent once, however often the button is pressed. --------------

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  event.submitter?.setAttribute("aria-busy", "true");
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
});

// --- Dialogs: a link to a page that asks is answered where one stands. ------

document.addEventListener("click", async (event) => {
  const shut = event.target.closest("dialog [data-shut]");
  if (shut) {
    event.preventDefault();
    shut.closest("dialog").close();
    return;
  }
  const link = event.target.closest("a[data-dialog]");
  if (!link || event.ctrlKey || event.metaKey || !window.HTMLDialogElement) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const asked = page.querySelector("[data-dialog-content]");
    if (!answer.ok || !asked) throw new Error("nothing to ask");
    ask(document.adoptNode(asked), link);
  } catch {
    location.assign(link.href);
  }
});

function ask(content, opener) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const head = content.querySelector("h1, h2");
  if (head) {
    head.id ||= "dialog-head";
    dialog.setAttribute("aria-labelledby", head.id);
  }
  dialog.append(content);
  dialog.addEventListener("close", () => {
    dialog.remove();
    opener.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

// --- A stroke goes to the search box, as on most sites that have one. --------

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  const box = [...document.querySelectorAll("main input[type=search], .find input[type=search]")].find((one) => one.offsetParent);
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// --- Menus made of <details> close on Escape and on a click elsewhere. ------

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest("details.drop[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.drop[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// --- Echo: what the book understood, said beneath the field. ----------------

const echo = later(250, async (input) => {
  const field = input.closest(".field");
  const line = field?.querySelector("[data-echo]");
  if (!line) return;
  const url = new URL(input.dataset.echoFrom, location);
  const form = input.form;
  url.searchParams.set("value", input.value);
  for (const name of (input.dataset.echoWith || "").split(" ").filter(Boolean)) {
    const other = form?.elements.namedItem(name);
    if (other) url.searchParams.set(name, other.value);
  }
  try {
    const answer = await fetch(url, { headers: { Accept: "text/plain" } });
    if (answer.ok) line.textContent = (await answer.text()).trim();
  } catch {
    // Without the server there is nothing to echo; the field still works.
  }
});
document.addEventListener("input", (event) => {
  if (event.target.dataset?.echoFrom) echo(event.target);
});

// --- Proposals: what the norm says is filled in where nothing stands yet. ----
// A proposal that somebody struck out is not made again.

function propose(root) {
  for (const said of root.querySelectorAll("[data-propose-for]")) {
    const amount = said.dataset.propose;
    const input = said.closest("form")?.elements.namedItem(said.dataset.proposeFor);
    if (!amount || !input || amount === input.dataset.proposed || input.value !== (input.dataset.proposed || "")) continue;
    input.value = input.dataset.proposed = amount;
    echo(input);
  }
}

// --- Combobox: type a few letters, choose a person or a place. --------------
// The text box stands alone without a script; the server then finds the person
// by the text. With it, the hidden box beside it holds the chosen id.

const seeking = new WeakMap();

const seek = later(180, async (input) => {
  const list = listOf(input);
  const typed = input.value.trim();
  seeking.get(input)?.abort();
  if (!typed) return fold(input);
  const stop = new AbortController();
  seeking.set(input, stop);
  const url = new URL(input.dataset.combo, location);
  url.searchParams.set("q", typed);
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" }, signal: stop.signal });
    if (!answer.ok) return fold(input);
    offer(input, list, await answer.json());
  } catch {
    // Aborted by the next letter, or no server: the text itself is kept.
  }
});

const listOf = (input) => document.getElementById(input.getAttribute("aria-controls"));

function offer(input, list, choices) {
  if (document.activeElement !== input) return;
  list.replaceChildren(...(choices || []).map((choice, n) => {
    const item = document.createElement("li");
    item.id = list.id + "-" + n;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.id = choice.id;
    item.dataset.text = choice.text;
    item.append(choice.text);
    if (choice.note) {
      const note = document.createElement("small");
      note.textContent = choice.note;
      item.append(note);
    }
    return item;
  }));
  const told = input.closest(".combo").querySelector("[data-combo-told]");
  const found = list.children.length;
  if (told) told.textContent = found ? told.dataset.some.replace("{1}", found) : told.dataset.none;
  list.hidden = !found;
  input.setAttribute("aria-expanded", String(!!found));
  input.removeAttribute("aria-activedescendant");
}

function fold(input) {
  const list = listOf(input);
  list.hidden = true;
  list.replaceChildren();
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function walk(input, step) {
  const items = [...listOf(input).children];
  if (!items.length) return;
  const now = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  const next = now < 0 ? (step > 0 ? 0 : items.length - 1) : (now + step + items.length) % items.length;
  items.forEach((item, n) => item.setAttribute("aria-selected", String(n === next)));
  items[next].scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", items[next].id);
}

function choose(input, item) {
  const held = input.closest(".combo").querySelector("[data-combo-id]");
  input.value = item.dataset.text;
  if (held) held.value = item.dataset.id;
  const line = input.closest(".field")?.querySelector("[data-echo]");
  const note = item.querySelector("small");
  if (line && !input.dataset.echoFrom) line.textContent = note ? note.textContent : "";
  fold(input);
  input.dispatchEvent(new Event("change", { bubbles: true }));
  if (input.dataset.echoFrom) echo(input);
}

document.addEventListener("input", (event) => {
  const input = event.target;
  if (!input.dataset?.combo) return;
  const held = input.closest(".combo").querySelector("[data-combo-id]");
  if (held) held.value = "";
  const line = input.closest(".field")?.querySelector("[data-echo]");
  if (line && !input.dataset.echoFrom) line.textContent = "";
  seek(input);
});

document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!input.dataset?.combo) return;
  const list = listOf(input);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) seek(input);
    else walk(input, event.key === "ArrowDown" ? 1 : -1);
    return;
  }
  const item = list.querySelector('[aria-selected="true"]');
  if (event.key === "Enter") {
    // Enter chooses; it sends the form only once somebody is chosen, so that a
    // fast typist does not send half a form.
    const held = input.closest(".combo").querySelector("[data-combo-id]");
    if (item || (input.value && !held?.value)) event.preventDefault();
    if (item) choose(input, item);
    return;
  }
  if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    fold(input);
  }
});

document.addEventListener("pointerdown", (event) => {
  const item = event.target.closest(".combo-list [role=option]");
  if (!item) return;
  event.preventDefault();
  choose(item.closest(".combo").querySelector("[data-combo]"), item);
});
document.addEventListener("focusout", (event) => {
  if (event.target.dataset?.combo) fold(event.target);
});

// --- Lines: one more answer of the same shape, without asking the server. ----

function addLine(lines) {
  const all = lines.querySelector("[data-lines-all]");
  const line = lines.querySelector("template").content.cloneNode(true);
  const number = String(all.children.length + 1);
  for (const part of line.querySelectorAll("*")) {
    for (const { name, value } of [...part.attributes]) {
      if (value.includes("{n}")) part.setAttribute(name, value.replaceAll("{n}", number));
    }
  }
  all.append(line);
  return all.lastElementChild;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-lines-add]");
  if (!button) return;
  event.preventDefault();
  addLine(button.closest("[data-lines]")).querySelector("input:not([type=hidden]), select, textarea")?.focus();
});

// --- Drafts: a half-filled form survives a closed browser. ------------------
// Kept on this machine under the reader's own mark, and forgotten when the
// server says the form was taken, when the reader says so, on signing out,
// or after thirty days.

const shelf = "kith:draft:";
const month = 30 * 24 * 3600 * 1000;

// Whoever comes next to this computer does not go back into pages of before.
const left = "kith:left";
addEventListener("pageshow", (event) => {
  try {
    if (event.persisted && Number(localStorage.getItem(left)) > performance.timeOrigin) location.reload();
  } catch {
    // Nothing kept.
  }
});
const shelfOf = (form) => shelf + (words.who || "") + ":" + form.dataset.draft;

function boxes(form) {
  return [...form.elements].filter((box) =>
    box.name && !box.disabled && !["file", "password", "submit", "button"].includes(box.type) && !box.hasAttribute("data-fresh"));
}

function read(form) {
  const kept = [];
  for (const box of boxes(form)) {
    if (box.type === "checkbox" || box.type === "radio") {
      kept.push([box.name, box.value, box.checked]);
    } else {
      kept.push([box.name, box.value]);
    }
  }
  return kept;
}

// linesOf counts the lines of each question that has several.
const linesOf = (form) =>
  Object.fromEntries([...form.querySelectorAll("[data-lines]")].map((lines) =>
    [lines.dataset.lines, lines.querySelector("[data-lines-all]").children.length]));

function lengthen(form, counts) {
  for (const lines of form.querySelectorAll("[data-lines]")) {
    const wanted = Math.min((counts || {})[lines.dataset.lines] || 0, 500);
    while (lines.querySelector("[data-lines-all]").children.length < wanted) addLine(lines);
  }
}

function fill(form, kept) {
  const left = boxes(form);
  for (const [name, value, ticked] of kept) {
    const at = left.findIndex((box) => box.name === name && (ticked === undefined || box.value === value));
    if (at < 0) continue;
    const [box] = left.splice(at, 1);
    if (ticked === undefined) box.value = value;
    else box.checked = ticked;
    if (value && ticked !== false) box.closest("details")?.setAttribute("open", "");
  }
}

function keep(form) {
  if (!form.isConnected || form.dataset.sent || !form.dataset.dirty) return;
  delete form.dataset.dirty;
  try {
    localStorage.setItem(shelfOf(form), JSON.stringify({ at: Date.now(), boxes: read(form), lines: linesOf(form) }));
  } catch {
    // A full or forbidden store only costs the comfort.
  }
}
const keepSoon = later(300, keep);

// Whoever shuts the window in the middle of a word loses not even that word.
const keepAll = () => document.querySelectorAll("form[data-dirty]").forEach(keep);
addEventListener("pagehide", keepAll);
document.addEventListener("visibilitychange", () => document.hidden && keepAll());

function restore(form) {
  const note = form.querySelector("[data-draft-note]");
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(shelfOf(form)));
  } catch {
    return;
  }
  if (!kept || form.hasAttribute("data-rejected")) return;
  if (JSON.stringify(read(form)) === JSON.stringify(kept.boxes)) return;
  lengthen(form, kept.lines);
  fill(form, kept.boxes);
  if (note) note.hidden = false;
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing kept, nothing to forget.
  }
}

function sweep() {
  try {
    for (const key of Object.keys(localStorage).filter((k) => k.startsWith(shelf))) {
      const kept = JSON.parse(localStorage.getItem(key));
      if (!kept || Date.now() - kept.at > month) localStorage.removeItem(key);
    }
  } catch {
    // A store that cannot be read keeps nothing.
  }
}

const changed = (event) => {
  const form = event.target.form || event.target.closest?.("form");
  if (!form?.dataset?.draft) return;
  form.dataset.dirty = "1";
  keepSoon(form);
};
document.addEventListener("input", changed);
document.addEventListener("change", changed);
document.addEventListener("click", (event) => {
  const drop = event.target.closest("[data-draft-drop]");
  if (drop) {
    const form = drop.closest("form");
    forget(shelfOf(form));
    delete form.dataset.dirty;
    form.reset();
    form.querySelector("[data-draft-note]").hidden = true;
    form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }
  if (event.target.closest("[data-sign-out]")) {
    try {
      localStorage.setItem(left, Date.now());
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(shelf + (words.who || "") + ":")) localStorage.removeItem(key);
      }
    } catch {
      // Nothing kept.
    }
  }
});

// --- The button of a file speaks the reader's language, not the browser's. ---

function speakFiles(root) {
  for (const box of root.querySelectorAll("[data-file]:not([data-spoken])")) {
    const input = box.querySelector("input");
    box.dataset.spoken = "1";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = box.dataset.choose;
    const names = document.createElement("span");
    names.className = "filenames";
    names.setAttribute("role", "status");
    const tell = () => { names.textContent = [...input.files].map((f) => f.name).join(", ") || box.dataset.none; };
    button.addEventListener("click", () => input.click());
    input.addEventListener("change", tell);
    input.className = "unseen";
    input.tabIndex = -1;
    box.append(button, names);
    tell();
  }
}

// --- Once per page, and again for parts that htmx swaps in. -----------------

function settle(root) {
  reveal(root);
  speakFiles(root);
  for (const done of root.querySelectorAll("[data-draft-done]")) forget(shelf + (words.who || "") + ":" + done.dataset.draftDone);
  for (const form of root.querySelectorAll("form[data-draft]")) restore(form);
  propose(root);
}

sweep();
settle(document);
document.addEventListener("htmx:after:swap", () => {
  reveal(document);
  propose(document);
});
document.querySelector("[data-focus]")?.focus();
