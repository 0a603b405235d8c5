// Print buttons are hidden in the page as sent: without script they could do nothing.
export function offerPrinting(root) {
  root.querySelectorAll('button[data-print]').forEach((button) => {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  })
}
