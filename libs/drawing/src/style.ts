/** Width of every picture, in its own units; it scales with the page. */
export const PICTURE_WIDTH = 960;
/** Space around everything. */
export const MARGIN = 24;

const LIGHT = {
  paper: "#ffffff",
  ink: "#1a1d21",
  quiet: "#59626e",
  line: "#b9c0ca",
  planes: ["#5b8def", "#25a08d", "#b36ad6", "#8b95a3"],
  padding: "#ffd27a",
  stripe: "#a85f00",
  gap: "#eceef1",
  dot: "#8b95a3",
  alarm: "#d63d57",
};

const DARK: typeof LIGHT = {
  paper: "#14171c",
  ink: "#e8ebef",
  quiet: "#a3adba",
  line: "#4a5360",
  planes: ["#6f9df5", "#3dbba7", "#c58ae6", "#9aa5b4"],
  padding: "#5c4210",
  stripe: "#ffbe4d",
  gap: "#23282f",
  dot: "#76818f",
  alarm: "#ff6b81",
};

/** The ink on coloured shapes, the same on light and dark paper: all of their colours are light enough for it. */
const ONTO = "#10131a";

function rules(colours: typeof LIGHT): string {
  return `
.paper{fill:${colours.paper}}
.ink{fill:${colours.ink}}
.quiet{fill:${colours.quiet}}
.line{stroke:${colours.line};fill:none}
.strong{stroke:${colours.ink};fill:none}
.head{fill:${colours.ink}}
${colours.planes.map((colour, i) => `.plane${i}{fill:${colour}}`).join("\n")}
${colours.planes.map((colour, i) => `.curve${i}{stroke:${colour};fill:none;stroke-width:1.5}`).join("\n")}
.alarm{fill:${colours.alarm}}
.alarm-line{stroke:${colours.alarm};fill:none}
.onto{fill:${ONTO}}
.cells{stroke:${colours.paper};fill:none}
.padding-paper{fill:${colours.padding}}
.padding-stripe{stroke:${colours.stripe};fill:none}
.padding-text{fill:${colours.stripe}}
.gap-paper{fill:${colours.gap}}
.gap-dot{fill:${colours.dot}}`;
}

function scoped(css: string): string {
  return css.trim().split("\n").map((rule) => `.mediamem-layout ${rule}`).join("\n");
}

/**
 * The style sheet of every picture.
 *
 * Plain classes instead of custom properties, because converters to PNG and PDF do not know the latter.
 */
export const STYLE: string = `
.mediamem-layout{max-width:100%;height:auto;font:11px system-ui,"DejaVu Sans",sans-serif}
.mediamem-layout .title{font-size:18px;font-weight:600}
.mediamem-layout .heading{font-size:13px;font-weight:600}
${scoped(rules(LIGHT))}
@media (prefers-color-scheme:dark){
${scoped(rules(DARK))}
}`;

/** The class of the visible bytes of a plane. */
export function planeClass(plane: number): string {
  return `plane${plane % LIGHT.planes.length}`;
}

/** The class of a curve in the colour of a plane. */
export function curveClass(plane: number): string {
  return `curve${plane % LIGHT.planes.length}`;
}

/** A rough width of a text at 11 px in the widest of the usual fonts; enough to keep labels apart. */
export function textWidth(text: string): number {
  return text.length * 6.9;
}
