/* Uploads in pieces that go on where a broken line stopped them, even after the page was closed. Without this file, or
   without script, the form posts its files as ever. */
"use strict";
(() => {
  const form = document.querySelector("form[data-resumable]");
  if (!form || !window.tus || !tus.isSupported) return;
  const PIECE = 8 << 20, AT_ONCE = 3;
  const input = form.querySelector("input[type=file]"), button = form.querySelector("button"), out = form.querySelector("output");
  const bar = document.createElement("progress");
  const given = () => form.dataset.proposal || form.elements.proposal.value.trim();
  const megabytes = (bytes) => (bytes / 1048576).toFixed(1);

  function send(file, proposal, moved) {
    return new Promise((resolve, reject) => {
      const upload = new tus.Upload(file, {
        endpoint: form.dataset.resumable,
        chunkSize: PIECE,
        metadata: { filename: file.name, proposal },
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        // A line that is away for ten minutes; every piece that arrives starts the count anew.
        retryDelays: [0, 1000, 3000, 5000, ...Array(30).fill(20000)],
        // The same file of another proposal is another upload.
        fingerprint: async () => ["jeopsu", proposal, file.name, file.size, file.lastModified].join("|"),
        removeFingerprintOnSuccess: true,
        onShouldRetry: (error) => {
          const status = error.originalResponse ? error.originalResponse.getStatus() : 0;
          const again = !status || status >= 500 || status === 409 || status === 423;
          if (again) out.textContent = form.dataset.broken;
          return again;
        },
        onProgress: (sent) => moved(file, sent),
        onSuccess: () => { moved(file, file.size); resolve(); },
        onError: reject,
      });
      upload.findPreviousUploads().then((before) => {
        if (before.length) upload.resumeFromPreviousUpload(before[0]);
        upload.start();
      });
    });
  }

  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    const files = [...input.files], proposal = given(), sent = new Map(), total = files.reduce((sum, f) => sum + f.size, 0);
    let done = 0;
    const moved = (file, bytes) => {
      sent.set(file, bytes);
      const here = [...sent.values()].reduce((a, b) => a + b, 0);
      bar.max = total || 1;
      bar.value = here;
      out.textContent = `${done}/${files.length} · ${megabytes(here)}/${megabytes(total)} MB`;
    };
    button.disabled = true;
    out.before(bar);
    const todo = [...files];
    const one = async () => {
      for (let file = todo.shift(); file; file = todo.shift()) {
        await send(file, proposal, moved);
        done += 1;
        moved(file, file.size);
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, one));
      location.assign(form.dataset.next.replace("PROPOSAL", encodeURIComponent(proposal)));
    } catch (error) {
      todo.length = 0;
      const said = error.originalResponse && error.originalResponse.getBody();
      out.textContent = said || String(error.message || error);
      bar.remove();
      button.disabled = false;
    }
  });
})();
