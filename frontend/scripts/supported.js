// Runs before the page is drawn, so that parts which need script (hidden conditional questions, the "More" menu)
// start in their scripted shape. An external file because the content security policy allows no inline script.
if ('noModule' in HTMLScriptElement.prototype) {
  document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')
}
