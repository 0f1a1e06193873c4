/** A drawn chart as a file that looks the same outside the page. */

const RESOLVED = ['fill', 'stroke', 'font-family', 'font-size', 'font-variant'] as const;
const SCALE = 2;

/** The SVG with the colours and fonts that the page gives it written into it. */
export function chartSvg(chart: SVGSVGElement): string {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const originals = [chart, ...chart.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  for (const [index, original] of originals.entries()) {
    const style = getComputedStyle(original);
    for (const name of RESOLVED) copies[index]?.setAttribute(name, style.getPropertyValue(name));
    copies[index]?.removeAttribute('style');
  }
  const { width, height } = sizeOf(chart);
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  paper.setAttribute('width', String(width));
  paper.setAttribute('height', String(height));
  paper.setAttribute('fill', backgroundOf(chart));
  copy.prepend(paper);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return new XMLSerializer().serializeToString(copy);
}

/** The chart as pixels, at twice its size. */
export async function chartPng(chart: SVGSVGElement): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(chartSvg(chart))}`;
  await image.decode();
  const { width, height } = sizeOf(chart);
  const canvas = document.createElement('canvas');
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) =>
      blob === null ? reject(new Error('The browser could not draw it.')) : resolve(blob),
    );
  });
}

function sizeOf(chart: SVGSVGElement) {
  const { width, height } = chart.viewBox.baseVal;
  return { width, height };
}

/** The first colour behind the chart that is not transparent. */
function backgroundOf(chart: Element): string {
  for (let at: Element | null = chart; at !== null; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (!/^rgba\(.*, 0\)$|^transparent$/.test(backgroundColor)) return backgroundColor;
  }
  return 'white';
}
