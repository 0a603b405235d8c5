// Leaves at once: the page is emptied before the browser has gone, and the way back does not lead here.
// Without script the link goes to the same address, which forgets this browser and sends it on.
const TIMES = 3
const WITHIN_MS = 5000

export function leaveQuickly(root) {
  const link = root.querySelector('a[data-leave]')
  if (!link) return
  link.addEventListener('click', (event) => {
    event.preventDefault()
    leave(link.href)
  })
  countShifts(root, () => leave(link.href))

  // A page kept in memory must not come back on the browser's own button.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) window.location.reload()
  })
}

function leave(address) {
  document.title = ' '
  document.body.replaceChildren()
  window.location.replace(address)
}

// The Shift key three times within five seconds; any other key starts again.
function countShifts(root, done) {
  let pressed = []
  root.addEventListener('keyup', (event) => {
    if (event.key !== 'Shift') {
      pressed = []
      return
    }
    const now = Date.now()
    pressed = [...pressed.filter((at) => now - at < WITHIN_MS), now]
    if (pressed.length >= TIMES) done()
  })
}
