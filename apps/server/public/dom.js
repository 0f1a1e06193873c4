/**
 * Makes an element. Children are elements or text; text is only ever set as text, so that nothing
 * from a database or a model can become markup.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] `onclick` and the like become listeners; null and false are left out
 * @param {...(Node | string | null)} children
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** The element with that id, which index.html holds. */
export const byId = (id) => document.getElementById(id);
