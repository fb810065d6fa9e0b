// Makes one sprite of the icons that icons.txt names, from the Lucide package. It stands in
// index.html itself, so that no icon needs the network. Trunk runs it
// before each build (Trunk.toml). It writes only what has changed, so that a watch comes to rest.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('..', import.meta.url);
const names = readFileSync(new URL('styles/icons.txt', root), 'utf8').split('\n').filter(Boolean);
const symbols = names.map((name) => {
  const svg = readFileSync(new URL(`node_modules/lucide-static/icons/${name}.svg`, root), 'utf8');
  const inner = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'));
  return `<symbol id="icon-${name}" viewBox="0 0 24 24">${inner.replace(/\s*\n\s*/g, '')}</symbol>`;
});
const sprite = `<svg xmlns="http://www.w3.org/2000/svg" hidden>${symbols.join('')}</svg>\n`;
const out = new URL('target/generated/icons.svg', root);
mkdirSync(new URL('.', out), { recursive: true });
if (!existsSync(out) || readFileSync(out, 'utf8') !== sprite) writeFileSync(out, sprite);
