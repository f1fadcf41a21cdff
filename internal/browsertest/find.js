// Finds things as a person finds them. Evaluated before each step; marks what
// it finds with an attribute, so that the mouse can go there.
window.kithFind ??= (() => {
  const plain = (s) => (s || "").replace(/\s+/g, " ").trim().normalize("NFC");
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
  const root = () => [...document.querySelectorAll("dialog[open]")].pop() || document;
  const mark = (e) => {
    document.querySelectorAll("[data-found]").forEach((old) => old.removeAttribute("data-found"));
    if (!e) return false;
    e.setAttribute("data-found", "");
    e.scrollIntoView({ block: "center", behavior: "instant" });
    return true;
  };
  const best = (all, text, said) =>
    all.find((e) => said(e) === text) || all.find((e) => said(e).startsWith(text)) || all.find((e) => said(e).includes(text));
  const label = (e) => plain([...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join(" ")) || plain(e.innerText);
  return {
    click(text) {
      const all = [...root().querySelectorAll("a, button, summary, label, [role=option], input[type=submit], [role=tab]")].filter(seen);
      return mark(best(all, plain(text), (e) => plain(e.innerText) || plain(e.getAttribute("aria-label"))));
    },
    field(text) {
      const all = [...root().querySelectorAll("label")].filter((l) => l.control && (seen(l) || seen(l.control)));
      const found = best(all, plain(text), label)?.control ||
        [...root().querySelectorAll("[aria-label]")].filter((e) => e.matches("input, select, textarea") && seen(e)).find((e) => plain(e.getAttribute("aria-label")) === plain(text));
      return mark(found);
    },
    sees(text) {
      return plain(root() === document ? document.body.innerText : root().innerText).includes(plain(text));
    },
    pick(text) {
      const select = document.querySelector("[data-found]");
      const option = best([...select.options], plain(text), (o) => plain(o.text));
      if (!option) return false;
      select.value = option.value;
      select.dispatchEvent(new Event("input", { bubbles: true }));
      select.dispatchEvent(new Event("change", { bubbles: true }));
      return true;
    },
    clear() {
      const input = document.querySelector("[data-found]");
      input.focus();
      input.select();
      return true;
    },
  };
})();
