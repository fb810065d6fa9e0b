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

onmessage = function (event) {
  ready.then(function () { return wasm_bindgen.press(event.data); }, function (error) {
    console.error(error);
    throw 'network';
  }).then(function (bytes) {
    postMessage(bytes, [bytes.buffer]);
  }, function (word) {
    if (typeof word !== 'string') console.error(word);
    postMessage(typeof word === 'string' ? word : 'broken');
  });
};
