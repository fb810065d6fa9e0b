// Finds what a person would find: visible elements of a role with an accessible name.
// arguments: role, name ('' is any), 'is' or 'has'. Returns the elements, or for options their
// labels, which are what a person clicks.
const [role, wanted, how] = arguments;

const SELECTORS = {
  alert: '[role=alert]',
  button: 'button, [role=button], summary, input[type=submit]',
  checkbox: 'input[type=checkbox], [role=checkbox]',
  dialog: 'dialog[open], [role=dialog], [role=alertdialog]',
  field: 'input:not([type=radio]):not([type=checkbox]):not([type=range]):not([type=hidden]), textarea, select',
  heading: 'h1, h2, h3, h4, h5, h6, [role=heading]',
  image: 'img, [role=img]',
  link: 'a[href]',
  listitem: 'li, [role=listitem]',
  menuitem: '[role=menuitem], [role=menuitemradio]',
  option: 'option, [role=option]',
  progressbar: 'progress, [role=progressbar]',
  radio: 'input[type=radio], [role=radio]',
  slider: 'input[type=range], [role=slider]',
  status: '[role=status]',
  tab: '[role=tab]',
  timer: '[role=timer]',
};

const squeeze = (text) => (text || '').replace(/\s+/g, ' ').trim();

// The words of an element as a screen reader would read them: what is hidden from it left out,
// and so are fields within their own label.
function words(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue;
  if (node.nodeType !== Node.ELEMENT_NODE) return '';
  if (['INPUT', 'SELECT', 'TEXTAREA'].includes(node.tagName)) return '';
  if (node.getAttribute('aria-hidden') === 'true' || node.hidden) return '';
  const label = node.getAttribute('aria-label');
  if (label) return label;
  if (node.tagName === 'IMG') return node.alt;
  const inner = Array.from(node.childNodes, words).join('');
  const display = getComputedStyle(node).display;
  return display.startsWith('inline') ? inner : ' ' + inner + ' ';
}

function name(element) {
  const ids = element.getAttribute('aria-labelledby');
  if (ids) {
    return squeeze(ids.split(/\s+/).map((id) => {
      const other = document.getElementById(id);
      return other ? words(other) : '';
    }).join(' '));
  }
  const label = element.getAttribute('aria-label');
  if (label) return squeeze(label);
  if (element.labels && element.labels.length) {
    return squeeze(Array.from(element.labels, words).join(' '));
  }
  if (element.tagName === 'INPUT' && element.type === 'submit') return squeeze(element.value);
  const own = Array.from(element.childNodes, words).join('');
  return squeeze(own) || squeeze(element.alt) || squeeze(element.title);
}

function visible(element) {
  const style = getComputedStyle(element);
  return element.getClientRects().length > 0 && style.visibility === 'visible'
    && !element.closest('[aria-hidden=true], [inert]');
}

const found = Array.from(document.querySelectorAll(SELECTORS[role])).filter((element) => {
  if (!visible(element)) return false;
  if (!wanted) return true;
  const has = name(element);
  return how === 'is' ? has === squeeze(wanted) : has.includes(squeeze(wanted));
});
return found.map((element) => {
  const label = (role === 'radio' || role === 'checkbox') && element.labels && element.labels[0];
  const focused = element === document.activeElement;
  return { element, clicked: label || element, name: name(element), focused };
});
