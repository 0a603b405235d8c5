// While somebody is added, shows who may be here already. Without it the page asks the same when it is sent.
const WAIT_MS = 600
const ASKED = ['given_name', 'family_name', 'preferred_name', 'nhs_number', 'birth_date', 'postcode']

export function lookForDuplicates(root) {
  root.querySelectorAll('form[data-possible]').forEach(watch)
}

function watch(form) {
  const place = document.getElementById(form.dataset.possibleInto)
  let timer
  let newest = 0
  form.addEventListener('input', (event) => {
    if (!ASKED.some((name) => event.target.name.startsWith(name))) return
    clearTimeout(timer)
    timer = setTimeout(ask, WAIT_MS)
  })

  async function ask() {
    const mine = ++newest
    const body = new URLSearchParams()
    for (const [name, value] of new FormData(form)) {
      if (name === 'csrfmiddlewaretoken' || ASKED.some((asked) => name.startsWith(asked))) body.append(name, value)
    }
    try {
      const answer = await fetch(form.dataset.possible, { method: 'POST', body })
      // An answer that was overtaken by more typing is old.
      if (answer.ok && mine === newest) place.innerHTML = await answer.text()
    } catch {
      // Away for a moment: the page asks again when it is sent.
    }
  }
}
