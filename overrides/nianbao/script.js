// A tap on a figure tells what it is and copies the link to its sentence. Without this script the link still works.
(() => {
  "use strict";
  let note = null;

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

  const close = () => {
    if (note) note.remove();
    note = null;
  };

  const show = (figure, copied) => {
    close();
    note = document.createElement("div");
    note.className = "figure-note";
    note.setAttribute("role", "status");
    const [label, sense] = figure.title.split("：");
    const add = (tag, text) => {
      const element = document.createElement(tag);
      element.textContent = text;
      note.append(element);
    };
    add("b", figure.textContent);
    add("span", `${label} · ${sense}`);
    add("small", copied ? "已复制这一句的链接，可以直接粘贴" : "长按地址栏，可以复制这一句的链接");
    document.body.append(note);
  };

  document.addEventListener("click", async (event) => {
    const figure = event.target.closest("a.fig");
    if (!figure) {
      if (note && !note.contains(event.target)) close();
      return;
    }
    show(figure, await copy(figure.href));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
})();
