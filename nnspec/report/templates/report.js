"use strict";
(() => {
  const table = document.getElementById("overview");
  const form = document.getElementById("filter");
  if (table && form) {
    const groups = [...table.querySelectorAll("tr.group")];
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !groups.includes(row));
    // a claim's name stands beside it, and in its row where nobody reads it
    const texts = new Map(rows.map((row) => [row, `${row.textContent} ${row.cells[1].dataset.value}`.toLowerCase()]));
    let sorted = false;
    const status = form.querySelector("[role=status]");
    const filter = () => {
      const text = form.elements.text.value.trim().toLowerCase();
      const verdict = form.elements.verdict.value;
      const document_ = form.elements.document ? form.elements.document.value : "";
      const changes = form.elements.changes.checked;
      let shown = 0;
      for (const row of rows) {
        row.hidden = !(texts.get(row).includes(text)
          && (!verdict || row.dataset.verdict === verdict)
          && (!document_ || row.dataset.document === document_)
          && (!changes || row.hasAttribute("data-changed")));
        shown += row.hidden ? 0 : 1;
      }
      for (const group of groups) {
        group.hidden = sorted || ![...group.parentElement.rows].some((row) => row !== group && !row.hidden);
      }
      const alike = form.elements.changes.checked && !rows.some((row) => row.hasAttribute("data-changed"));
      status.textContent = alike ? status.dataset.unchanged : `${shown} of ${rows.length} shown`;
      table.hidden = !shown;  // headings of nothing
    };
    // the address has what is asked for, so that a link leads to the same rows
    const remember = () => {
      const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
      const query = asked.toString() ? `?${asked}` : location.pathname;
      try { history.replaceState(null, "", query + location.hash); } catch { /* not where a page may not */ }
    };
    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = form.elements[name];
      if (field && field.type === "checkbox") field.checked = value === field.value;
      else if (field) field.value = value;
    }
    form.hidden = false;
    form.addEventListener("input", remember);
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    filter();

    const key = (row, column) => row.cells[column].dataset.value;
    const compare = (one, other) => {
      // what has no value stays last, in either direction
      if (one === "" || other === "") return one === other ? 0 : one === "" ? "last" : "first";
      const numbers = [Number(one), Number(other)];
      return numbers.some(Number.isNaN) ? one.localeCompare(other) : numbers[0] - numbers[1];
    };
    const sort = (header) => {
      const up = header.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      header.setAttribute("aria-sort", up ? "ascending" : "descending");
      const column = header.cellIndex;
      const ordered = [...rows].sort((a, b) => {
        const order = compare(key(a, column), key(b, column));
        if (order === "last") return 1;
        if (order === "first") return -1;
        return (up ? order : -order) || rows.indexOf(a) - rows.indexOf(b);
      });
      table.tBodies[0].append(...ordered);
      // documents are mixed now, so every row names its own
      for (const row of sorted ? [] : rows) {
        const link = groups.map((group) => group.querySelector("a")).find((a) => a.hash.slice(1) === row.dataset.document);
        if (link) row.cells[1].append(Object.assign(document.createElement("span"), { className: "place" }));
        if (link) row.cells[1].lastChild.append(link.cloneNode(true));
      }
      sorted = true;
      filter();
    };
    for (const header of table.querySelectorAll("th[data-sort]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      button.addEventListener("click", () => sort(header));
      header.append(button);
    }
  }

  const copied = (text) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent);
        button.textContent = "Copied";
      } catch {
        // a page that was opened from a file may not write to the clipboard: select it instead
        text.closest("details").open = true;
        getSelection().selectAllChildren(text);
        text.scrollIntoView({ block: "nearest" });
        button.textContent = "Selected";
      }
    });
    return button;
  };
  // lines that differ from another script are read, and the whole one is copied
  for (const text of document.querySelectorAll("details.script pre:not(.lines)")) text.before(copied(text));
  // what a link leads to is unfolded, itself and all that it lies in
  const unfold = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    // a row of the table that the filter leaves out
    if (target.hidden && form) {
      form.reset();
      form.dispatchEvent(new Event("input"));
    }
    if (target.matches("article")) target.querySelector("details").open = true;
    if (target.matches("details")) target.open = true;
    for (let at = target.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  // a second click on a link to what was folded meanwhile changes no hash
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) unfold();
  });
  unfold();
})();
