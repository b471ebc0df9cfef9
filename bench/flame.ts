// A CPU profile as a flame graph: what calls what, from below upwards, as wide as its share of the time. Plain SVG, so that
// it shows in Markdown.

/** One function on one stack: its own time and that of what it calls, in any unit. */
export interface Frame {
  readonly name: string;
  readonly value: number;
  readonly children: readonly Frame[];
}

const WIDTH = 1_200;
const ROW = 17;
/** Narrower boxes are left out: they cannot be read. */
const LEAST = 1.5;
const CHARACTER = 6.2;

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Colour by where code comes from. */
function colour(name: string): string {
  if (name.startsWith('(garbage')) return '#b9a3d8';
  if (name.includes(' src/upstream') || name.includes(' src/domain')) return '#f2a65a';
  if (name.includes(' src/')) return '#f6d55c';
  if (name.includes('undici')) return '#8ecae6';
  if (name.includes('node:')) return '#c8d5b9';
  return '#e5e5e5';
}

export function flameGraph(root: Frame, title: string): string {
  const boxes: string[] = [];
  let deepest = 0;
  const place = (frame: Frame, x: number, width: number, depth: number) => {
    if (width < LEAST) return;
    deepest = Math.max(deepest, depth);
    const share = ((frame.value / root.value) * 100).toFixed(1);
    const letters = Math.floor((width - 4) / CHARACTER);
    const label = letters < 3 ? '' : frame.name.slice(0, letters);
    boxes.push(
      `<g transform="translate(${x.toFixed(1)} ${-(depth + 1) * ROW})"><title>${escape(frame.name)} ${share} %</title>` +
        `<rect width="${width.toFixed(1)}" height="${ROW - 1}" fill="${colour(frame.name)}"/>` +
        (label === '' ? '' : `<text x="2" y="12">${escape(label)}</text>`) +
        '</g>',
    );
    let from = x;
    for (const child of frame.children.toSorted((a, b) => b.value - a.value)) {
      const wide = (child.value / root.value) * WIDTH;
      place(child, from, wide, depth + 1);
      from += wide;
    }
  };
  place(root, 0, WIDTH, 0);
  const height = (deepest + 1) * ROW + 28;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="monospace" font-size="10">`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="4" y="16" font-size="12">${escape(title)}</text>`,
    `<g transform="translate(0 ${height - 4})">${boxes.join('')}</g>`,
    '</svg>',
    '',
  ].join('\n');
}
