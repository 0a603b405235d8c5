// Reads a part of the page aloud with the browser's own voice. The button is hidden where there is none.
export function readAloud(root) {
  const voice = window.speechSynthesis
  if (!voice || typeof SpeechSynthesisUtterance === 'undefined') return
  root.querySelectorAll('button[data-read-aloud]').forEach((button) => {
    const what = document.getElementById(button.dataset.readAloud)
    if (!what) return
    const start = button.textContent
    const ended = () => {
      button.textContent = start
    }
    button.hidden = false
    button.addEventListener('click', () => {
      const reading = voice.speaking
      voice.cancel()
      if (reading) return ended()
      const lines = [...what.querySelectorAll('h2, h3, p, li')].map((line) => line.textContent.trim()).filter(Boolean)
      lines.forEach((line, number) => {
        const said = new SpeechSynthesisUtterance(line)
        said.lang = 'en-GB'
        if (number === lines.length - 1) said.onend = ended
        voice.speak(said)
      })
      if (lines.length) button.textContent = button.dataset.stop
    })
  })
  window.addEventListener('pagehide', () => voice.cancel())
}
