// Draws cards by satori and resvg: node satori.mjs CARDS.json COUNT FOLDER REGULAR.ttf BOLD.ttf
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import satori from "satori";

const [cardsPath, count, folder, regular, bold] = process.argv.slice(2);
const cards = JSON.parse(readFileSync(cardsPath, "utf-8")).slice(0, Number(count));
const fonts = [
  { name: "Sans", weight: 400, data: readFileSync(regular) },
  { name: "Sans", weight: 700, data: readFileSync(bold) },
];
const box = (style, children) => ({ type: "div", props: { style: { display: "flex", ...style }, children } });

for (const { name, head, title, text, publisher } of cards) {
  const card = box(
    {
      width: "100%", height: "100%", boxSizing: "border-box", flexDirection: "column", padding: 84, backgroundColor: "#fffcf7",
      fontFamily: "Sans", color: "#1b1a19",
    },
    [
      box({ fontSize: 32, color: "#5f5a55" }, head),
      box({ fontSize: 88, fontWeight: 700, marginTop: 200, color: "#c8161d" }, title),
      box({ fontSize: 54, lineHeight: 1.75, marginTop: 48, flexGrow: 1 }, text),
      box({ fontSize: 34, borderTop: "2px solid #e9e2d8", paddingTop: 40 }, publisher),
    ],
  );
  const svg = await satori(card, { width: 1080, height: 1440, fonts });
  // The text is outlines by now: resvg has no fonts to look for.
  const picture = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
  writeFileSync(join(folder, `${name}.png`), picture.asPng());
}
