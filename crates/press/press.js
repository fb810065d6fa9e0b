// The web worker that writes certificates: starts the program, and passes orders on to it.
// A message is an order's bytes; the reply is the product's bytes, or a word that says what failed.

// Under Trusted Types nothing but the program's own glue may be loaded.
if (self.trustedTypes) {
  self.trustedTypes.createPolicy('default', {
    createScriptURL: function (url) {
      if (url === 'press-worker.js') return url;
      throw new TypeError('not a script of this worker');
    },
  });
}

// Asked for before the glue is, so that both are on their way at once. It is downloaded and then
// compiled: streaming fails in some Android WebViews, and saves nothing at this size.
const program = fetch('press-worker_bg.wasm').then(function (response) {
  if (!response.ok) throw new Error('HTTP ' + response.status);
  return response.arrayBuffer();
});

let ready;
try {
  importScripts('press-worker.js');
  ready = program.then(function (bytes) { return wasm_bindgen({ module_or_path: bytes }); });
} catch (error) {
  ready = Promise.reject(error);
}

// What this device has of Kai and Song faces, for characters that the certificates' font lacks.
const FACES = '"Kaiti SC", STKaiti, KaiTi, "Source Han Serif SC", "Noto Serif CJK SC", "Songti SC", SimSun, SimSun-ExtB, serif';
// A noncharacter, which no font has: what is drawn for it is drawn for any missing character.
const NOTHING = '\u{2FFFE}';

// Draws a 汉字 into a square of so many pixels, and returns its ink row by row; null if this
// device cannot draw it. Engines draw a missing character as a box, Firefox with its code inside:
// what fills exactly the same space as NOTHING is such a box.
function picture(char, side, baseline) {
  const canvas = typeof OffscreenCanvas === 'function' ? new OffscreenCanvas(side, side) : null;
  const pen = canvas && canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) return null;
  pen.font = side + 'px ' + FACES;
  // Such characters stand in names, which the sheet sets heavier.
  pen.lineWidth = side * 0.036;
  function draw(text) {
    pen.clearRect(0, 0, side, side);
    pen.fillText(text, 0, baseline);
    pen.strokeText(text, 0, baseline);
    const ink = new Uint8Array(side * side);
    pen.getImageData(0, 0, side, side).data.forEach(function (value, at) {
      if (at % 4 === 3) ink[(at - 3) / 4] = value;
    });
    return ink;
  }
  const drawn = draw(char);
  const wide = Math.abs(pen.measureText(char).width - side) < side / 50;
  return wide && space(drawn, side) !== space(draw(NOTHING), side) ? drawn : null;
}

// The edges of what is inked.
function space(ink, side) {
  let left = side, top = side, right = -1, bottom = -1;
  ink.forEach(function (value, at) {
    if (value < 64) return;
    const x = at % side, y = (at - x) / side;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  });
  return [left, top, right, bottom].join();
}

onmessage = function (event) {
  ready.then(function () { return wasm_bindgen.press(event.data, picture); }, function (error) {
    console.error(error);
    throw 'network';
  }).then(function (bytes) {
    postMessage(bytes, [bytes.buffer]);
  }, function (word) {
    if (typeof word !== 'string') console.error(word);
    postMessage(typeof word === 'string' ? word : 'broken');
  });
};
