// A tap on a figure tells what it is and copies the link to its sentence. Without this script the link still works.
(() => {
  "use strict";
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // WeChat on Android refuses the clipboard: the old way works there.
      const field = document.createElement("textarea");
      field.value = text;
      field.setAttribute("readonly", "");
      field.className = "visually-hidden";
      document.body.append(field);
      field.select();
      let done = false;
      try {
        done = document.execCommand("copy");
      } catch {
        done = false;
      }
      field.remove();
      return done;
    }
  };

  // A live region is heard when it is there first and filled later.
  const note = document.createElement("div");
  note.className = "figure-note";
  note.setAttribute("role", "status");
  document.body.append(note);

  const close = () => note.replaceChildren();

  const show = (figure, copied) => {
    const cut = figure.title.lastIndexOf("：");
    const add = (tag, text) => {
      const element = document.createElement(tag);
      element.textContent = text;
      note.append(element);
    };
    close();
    add("b", figure.textContent + (figure.dataset.unit ?? ""));
    add("span", `${figure.title.slice(0, cut)} · ${figure.title.slice(cut + 1)}`);
    add("small", copied ? "已复制这一句的链接，可以直接粘贴" : "长按地址栏，可以复制这一句的链接");
  };

  document.addEventListener("click", async (event) => {
    const figure = event.target.closest("a.fig");
    if (!figure || event.ctrlKey || event.metaKey || event.shiftKey) {
      if (!note.contains(event.target)) close();
      return;
    }
    show(figure, await copy(figure.href));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
})();

// All pictures of the wall as one ZIP, packed here: the site keeps no second copy of them. WeChat's browser cannot save it.
(() => {
  "use strict";
  const button = document.querySelector("button.pack");
  if (!button || /MicroMessenger/i.test(navigator.userAgent)) return;
  button.parentElement.hidden = false;

  const table = Uint32Array.from({ length: 256 }, (_, value) => {
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value;
  });
  const checksum = (bytes) => {
    let crc = -1;
    for (const byte of bytes) crc = table[(crc ^ byte) & 255] ^ (crc >>> 8);
    return ~crc >>> 0;
  };
  // [size in bytes, value] …, little-endian, as ZIP has them (PKWARE APPNOTE 6.3.4).
  const record = (...fields) => {
    const view = new DataView(new ArrayBuffer(fields.reduce((sum, [size]) => sum + size, 0)));
    let at = 0;
    for (const [size, value] of fields) {
      if (size === 2) view.setUint16(at, value, true);
      else view.setUint32(at, value, true);
      at += size;
    }
    return new Uint8Array(view.buffer);
  };
  const pack = (files) => {
    const body = [];
    const directory = [];
    let offset = 0;
    for (const [name, bytes] of files) {
      const path = new TextEncoder().encode(name);
      // Stored as it is, without a date: 1980-01-01.
      const shared = [[2, 20], [2, 0x800], [2, 0], [2, 0], [2, 0x21], [4, checksum(bytes)], [4, bytes.length], [4, bytes.length], [2, path.length], [2, 0]];
      const head = record([4, 0x04034b50], ...shared);
      directory.push(record([4, 0x02014b50], [2, 20], ...shared, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), path);
      body.push(head, path, bytes);
      offset += head.length + path.length + bytes.length;
    }
    const size = directory.reduce((sum, part) => sum + part.length, 0);
    const end = record([4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, offset], [2, 0]);
    return new Blob([...body, ...directory, end], { type: "application/zip" });
  };

  const label = button.textContent;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const pictures = [...document.querySelectorAll(".wall source")].map((source) => new URL(source.srcset, location.href).href);
      const files = [];
      for (const address of pictures) {
        button.textContent = `正在打包 ${files.length + 1} / ${pictures.length}`;
        const answer = await fetch(address);
        if (!answer.ok) throw new Error(address);
        const name = decodeURIComponent(new URL(address).pathname.split("/").pop());
        files.push([`${button.dataset.name}/${name}`, new Uint8Array(await answer.arrayBuffer())]);
      }
      const link = document.createElement("a");
      link.href = URL.createObjectURL(pack(files));
      link.download = `${button.dataset.name}.zip`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      button.textContent = label;
    } catch {
      button.textContent = "有一张没有取到，再点一次重试";
    }
    button.disabled = false;
  });
})();

// The palette's toggle: on light pages as on Material's, and kept under the same name.
(() => {
  "use strict";
  const inputs = [...document.querySelectorAll("[data-md-component=palette] input")];
  if (!inputs.length) return;
  const isLight = matchMedia("(prefers-color-scheme: light)");
  const read = (input) => Object.fromEntries(["media", "scheme", "primary", "accent"].map((key) => [key, input.getAttribute(`data-md-color-${key}`)]));
  const show = (index) => {
    let color = read(inputs[index]);
    if (color.media === "(prefers-color-scheme)") {
      const wanted = `(prefers-color-scheme: ${isLight.matches ? "light" : "dark"})`;
      color = read(inputs.find((input) => input.dataset.mdColorMedia === wanted) ?? inputs[index]);
    }
    for (const [key, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${key}`, value);
    inputs.forEach((input, place) => {
      input.checked = place === index;
      if (input.nextElementSibling instanceof HTMLLabelElement) input.nextElementSibling.hidden = place !== index;
    });
    const paper = getComputedStyle(document.body).backgroundColor;
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) meta.content = paper;
  };
  const choose = () => {
    const saved = __md_get("__palette")?.index ?? inputs.findIndex((input) => matchMedia(input.dataset.mdColorMedia).matches);
    show(Math.max(0, Math.min(saved, inputs.length - 1)));
  };
  for (const [index, input] of inputs.entries()) {
    input.addEventListener("change", () => {
      show(index);
      __md_set("__palette", { index, color: read(input) });
    });
  }
  isLight.addEventListener("change", choose);
  choose();
})();
