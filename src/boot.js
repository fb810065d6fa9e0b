// Starts the app: the only script of the page. In index.html it finds `#app-js` and `#app-wasm`
// (see Trunk.toml), and shows `#boot-old` or `#boot-failed` (both `hidden` until then) when the
// app cannot run. Plain syntax on purpose: browsers far below the floor must be able to read it.

// A type that only engines with reference types accept, as the app's own wasm needs them. It is
// compiled, not merely validated: an engine that does not know the CSP keyword 'wasm-unsafe-eval'
// refuses that, and is too old as well.
const FLOOR = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 111, 0]);

// Nothing may become a script's address but the worker that writes certificates.
const WORKER = /\/press[\w-]*\.js$/;

function guard() {
  if (!window.trustedTypes) return;
  window.trustedTypes.createPolicy('default', {
    createScriptURL: function (text) {
      const url = new URL(text, document.baseURI);
      if (url.origin === location.origin && WORKER.test(url.pathname)) return url.href;
      throw new TypeError('not a script of this app');
    },
  });
}

function meetsFloor() {
  if (typeof WebAssembly !== 'object') return Promise.resolve(false);
  return WebAssembly.compile(FLOOR).then(
    function () { return true; },
    function () { return false; },
  );
}

// Streaming fails in some Android WebViews: then download first and compile after. The second
// fetch comes from the HTTP cache.
function compile(url) {
  if (!WebAssembly.compileStreaming) return compileWhole(url);
  return WebAssembly.compileStreaming(fetch(url)).catch(function () { return compileWhole(url); });
}

function compileWhole(url) {
  return fetch(url).then(function (response) {
    if (!response.ok) throw new Error('HTTP ' + response.status + ' for ' + url);
    return response.arrayBuffer();
  }).then(function (bytes) { return WebAssembly.compile(bytes); });
}

function show(id) {
  const element = document.getElementById(id);
  if (element) element.hidden = false;
  const waiting = document.querySelector('#app main');
  if (waiting) waiting.textContent = '';
}

function start() {
  const js = document.getElementById('app-js').href;
  const wasm = document.getElementById('app-wasm').href;
  return Promise.all([import(js), compile(wasm)]).then(function (parts) {
    return parts[0].default({ module_or_path: parts[1] });
  });
}

// Asked for while the program is on its way; the app takes the text from here.
window.gongkeConfig = fetch('/config.json').then(
  function (reply) { return reply.ok ? reply.text() : ''; },
  function () { return ''; },
);

guard();
meetsFloor().then(function (meets) {
  if (!meets) return show('boot-old');
  return start();
}).catch(function (error) {
  console.error(error);
  show('boot-failed');
});
