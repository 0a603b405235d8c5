// Builds the style sheets and scripts into the Python package. Run by `npm run build`; `--watch` is left out on
// purpose: a build takes about two seconds.
import { copyFileSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'
import { compile } from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const packages = join(here, '..', 'node_modules')
const out = join(here, '..', 'alongside', 'foundation', 'nhsuk', 'static')

function empty(folder) {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) {
    if (name !== '.gitignore') rmSync(join(folder, name), { recursive: true })
  }
}

// Two style sheets from the same sources: the neutral one, and the one for an NHS organisation.
function styles(name) {
  const { css } = compile(join(here, 'styles', `${name}.scss`), {
    loadPaths: [packages],
    style: 'compressed',
    quietDeps: true
  })
  writeFileSync(join(out, `${name}.css`), css)
  pictures(css)
}

// Only the pictures that the style sheet names: the rest of the folder is the NHS's own icons and logo.
function pictures(css) {
  const source = join(packages, 'nhsuk-frontend', 'dist', 'nhsuk', 'assets')
  mkdirSync(join(out, 'images'), { recursive: true })
  for (const [, name] of css.matchAll(/url\("\.\/(images\/[\w.-]+)"\)/g)) copyFileSync(join(source, name), join(out, name))
}

async function script(name, format) {
  await build({
    entryPoints: [join(here, 'scripts', `${name}.js`)],
    bundle: true,
    minify: true,
    format,
    target: 'es2020',
    legalComments: 'none',
    outfile: join(out, `${name}.js`),
    logLevel: 'warning'
  })
}

empty(out)
styles('alongside')
styles('alongside-nhs')
await script('supported', 'iife')
await script('alongside', 'esm')
cpSync(join(here, 'images'), out, { recursive: true })
