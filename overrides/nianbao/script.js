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
    add("b", figure.textContent);
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
