/* Keys and small comforts. Everything works without this file; nothing here talks to another host. */
"use strict";
(() => {
  const $ = (what, where = document) => where.querySelector(what);
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const typing = (e) => e.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
  const go = (url) => { if (url) location.assign(url); };

  /* the list of keys */
  const keys = $("#keys");
  const showKeys = () => { if (keys && !keys.open) keys.showModal(); };
  document.addEventListener("click", (e) => { if (e.target.closest("[data-keys]")) showKeys(); if (e.target.closest("[data-print]")) print(); });

  /* the page picture: zoom and rotate are kept from point to point */
  const stage = $("[data-stage]");
  const picture = $("[data-picture]");
  let zoom = Number(sessionStorage.getItem("zoom")) || 1;
  let turn = 0;
  const box = () => $(".box.now", picture || document);
  function fit(centre) {
    if (!picture) return;
    const [, , w, h] = picture.getAttribute("viewBox").split(" ").map(Number);
    const across = turn % 180 ? h : w, down = turn % 180 ? w : h;
    const width = Math.min(stage.clientWidth - 24, 960) * zoom;
    picture.style.maxWidth = "none";
    picture.style.width = `${width * (w / across)}px`;
    picture.style.transform = turn ? `rotate(${turn}deg)` : "";
    const gap = turn % 180 ? (width * (down / across) - width * (w / across) * (h / w)) / 2 : 0;
    picture.style.margin = turn % 180 ? `${gap}px 0` : "";
    if (centre && box()) {
      const b = box().getBoundingClientRect(), s = stage.getBoundingClientRect();
      stage.scrollBy(b.left + b.width / 2 - s.left - s.width / 2, b.top + b.height / 2 - s.top - s.height / 2.4);
    }
  }
  function zoomBy(step) {
    zoom = step === 0 ? 1 : Math.min(5, Math.max(0.5, zoom * (step > 0 ? 1.25 : 0.8)));
    sessionStorage.setItem("zoom", String(zoom));
    fit(true);
  }
  const rotate = () => { turn = (turn + 90) % 360; fit(true); };
  if (picture) { fit(true); addEventListener("resize", () => fit(true)); }
  document.addEventListener("click", (e) => {
    const z = e.target.closest("[data-zoom]"), r = e.target.closest("[data-rotate]"), b = e.target.closest("[data-box]");
    if (z) zoomBy(Number(z.dataset.zoom));
    if (r) rotate();
    if (b) move(Number(b.dataset.box));
  });
  stage?.addEventListener("wheel", (e) => {
    if (e.ctrlKey) { e.preventDefault(); zoomBy(e.deltaY < 0 ? 1 : -1); }
  }, { passive: false });

  /* boxes: the next or the one before of this point's places */
  function move(step) {
    const many = Number(stage?.dataset.places);
    if (many > 1) go(`${location.pathname}?at=${(Number(stage.dataset.at) + step + many) % many}`);
  }

  /* overriding asks for a reason first */
  const decide = $("[data-decide]");
  function choose(outcome, words) {
    if (!decide) return;
    decide.elements.outcome.value = outcome;
    $("[data-override]", decide).hidden = false;
    $("[data-override-words]", decide).textContent = words;
    $("[data-reason]", decide).focus();
  }
  document.addEventListener("click", (e) => {
    const b = e.target.closest("[data-outcome]");
    if (b) choose(b.dataset.outcome, b.firstChild.textContent.trim());
  });
  document.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey) && decide?.contains(e.target) && decide.elements.outcome.value) {
      e.preventDefault();
      $("button[value=override]", decide).click();
    }
  });

  document.addEventListener("change", (e) => {
    if (e.target.matches("[data-all]")) for (const c of all("tbody input[type=checkbox]", list)) c.checked = e.target.checked;
  });

  /* what is typed again and again (where it was looked up, the unit) is there the next time */
  for (const field of all("[data-keep]")) {
    const kept = sessionStorage.getItem(field.dataset.keep) ?? sessionStorage.getItem(field.dataset.keepElse);
    if (kept) field.value = kept;
    field.form.addEventListener("submit", () => {
      sessionStorage.setItem(field.dataset.keep, field.value);
      if (field.dataset.keepElse) sessionStorage.setItem(field.dataset.keepElse, field.value);
    });
  }

  /* a file field says what was dropped on it */
  for (const drop of all("[data-drop]")) {
    const input = $("input[type=file]", drop), out = $("output", drop);
    input.addEventListener("change", () => {
      const size = [...input.files].reduce((sum, f) => sum + f.size, 0);
      out.textContent = input.files.length ? `${input.files.length} · ${(size / 1048576).toFixed(1)} MB` : "";
    });
    for (const kind of ["dragover", "dragleave", "drop"]) {
      drop.addEventListener(kind, (e) => {
        e.preventDefault();
        drop.classList.toggle("over", kind === "dragover");
        if (kind === "drop") { input.files = e.dataTransfer.files; input.dispatchEvent(new Event("change")); }
      });
    }
  }

  /* lists: j and k walk, Enter opens, x picks */
  const list = $("[data-list]");
  const rows = () => all("tbody tr", list);
  let row = -1;
  function walk(step) {
    const every = rows();
    if (!every.length) return;
    row = Math.min(every.length - 1, Math.max(0, row + step));
    every.forEach((r, n) => n === row ? r.setAttribute("aria-selected", "true") : r.removeAttribute("aria-selected"));
    $("[data-open]", every[row])?.focus({ preventScroll: true });
    every[row].scrollIntoView({ block: "nearest" });
  }

  /* rows that come anew keep what was ticked and which one is looked at, by the proposal's number */
  let kept = null;
  document.addEventListener("htmx:beforeSwap", (e) => {
    if (!e.target.matches?.("[data-live]")) return;
    const now = rows()[row], focused = document.activeElement?.closest("tr");
    const name = (r) => $("input[type=checkbox]", r || document.createElement("p"))?.value ?? $("[data-open]", r || document.createElement("p"))?.pathname;
    kept = { name, ticked: all("tbody input:checked", list).map((c) => c.value), row: name(now), focus: name(focused), on: document.activeElement?.tagName };
  });
  document.addEventListener("htmx:afterSwap", (e) => {
    if (!kept || !e.target.matches?.("[data-live]")) return;
    const every = rows();
    for (const c of all("tbody input[type=checkbox]", list)) c.checked = kept.ticked.includes(c.value);
    row = kept.row ? every.findIndex((r) => kept.name(r) === kept.row) : row;
    if (every[row]) every[row].setAttribute("aria-selected", "true");
    const again = kept.focus && every.find((r) => kept.name(r) === kept.focus);
    if (again) $(kept.on === "INPUT" ? "input" : "[data-open]", again)?.focus({ preventScroll: true });
    kept = null;
  });

  const bench = $("[data-bench]"), proposal = $("[data-proposal]");
  const press = (what) => { const b = $(what); if (b) b.click(); return Boolean(b); };
  function rail(step) {
    const links = all(".rail li a");
    const now = links.findIndex((a) => a.hasAttribute("aria-current"));
    go(links[now + step]?.href);
  }
  /* within its own column: scrollIntoView would move the whole page, too */
  function show(what, where, share) {
    if (!what || !where) return;
    const a = what.getBoundingClientRect(), b = where.getBoundingClientRect();
    if (share || a.top < b.top || a.bottom > b.bottom) where.scrollTop += a.top - b.top - (share || 0.1) * b.height;
  }
  if (bench) { show($(".rail [aria-current]"), $(".rail .list"), 0.4); if (new URLSearchParams(location.search).has("at")) show($(".values .picked"), $(".desk"), 0); }

  const benchKeys = {
    Enter: () => go(bench.dataset.next || bench.dataset.home), Escape: () => go(bench.dataset.home),
    j: () => rail(1), k: () => rail(-1), "]": () => move(1), "[": () => move(-1),
    "+": () => zoomBy(1), "=": () => zoomBy(1), "-": () => zoomBy(-1), 0: () => zoomBy(0), t: rotate,
    c: () => press(".values .picked button[value=confirm]"), u: () => press(".values .picked button[value=unreadable]"),
    m: () => press(".values .picked button[value=absent]"), v: () => $("[data-give]")?.focus(),
    e: () => { const i = $(".values .picked [data-input]"); i?.focus(); i?.select?.(); },
    i: () => $("[data-fact] [data-input]")?.focus(),
    r: () => $("[data-reason]")?.focus(),
  };
  const proposalKeys = { Enter: () => go(proposal.dataset.next), Escape: () => go(proposal.dataset.home) };
  const listKeys = {
    j: () => walk(1), k: () => walk(-1), Enter: () => go($("[data-open]", rows()[row] || list)?.href),
    x: () => { const c = $("input[type=checkbox]", rows()[row] || document.createElement("p")); if (c) c.checked = !c.checked; },
  };
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || keys?.open) return;
    if (typing(e)) { if (e.key === "Escape") { e.preventDefault(); e.target.blur(); } return; }
    if (e.key === "Enter" && e.target.closest("a, button, summary")) return;
    if (e.key === "?") { e.preventDefault(); showKeys(); return; }
    const search = $("[data-search]");
    if (e.key === "/" && search) { e.preventDefault(); search.focus(); search.select(); return; }
    const table = bench ? benchKeys : proposal ? proposalKeys : list ? listKeys : {};
    // A Korean keyboard gives ㅁ where a Latin one gives a: the key's place decides.
    const key = /^Key[A-Z]$/.test(e.code) ? e.code.slice(3).toLowerCase() : e.key;
    const named = $(`${bench ? ".desk" : "main"} [data-key="${key}"]`);
    if (named && !named.disabled) { e.preventDefault(); named.matches("input, select, textarea") ? named.focus() : named.click(); return; }
    if (table[key]) { e.preventDefault(); table[key](); }
  });

  /* the next point's picture is fetched while this one is looked at */
  if (bench?.dataset.next) {
    const later = window.requestIdleCallback || ((f) => setTimeout(f, 300));
    later(() => fetch(bench.dataset.next, { headers: { "X-Prefetch": "1" }, priority: "low" }).catch(() => {}));
  }
})();
