// Everything here is an improvement on a page that already works: nothing may depend on it.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  SkipLink,
  createAll
} from 'nhsuk-frontend'

import { countDown } from './count-down.js'
import { guardForms } from './guard-forms.js'
import { keepDrafts } from './keep-draft.js'
import { leaveQuickly } from './leave-quickly.js'
import { lookAgain } from './look-again.js'
import { lookForDuplicates } from './look-for-duplicates.js'
import { offerPrinting } from './offer-printing.js'
import { readAloud } from './read-aloud.js'
import { showPictures } from './show-picture.js'
import { SteadyHeader } from './steady-header.js'

const components = [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary, // moves focus to the summary and follows its links to the question
  FileUpload,
  NotificationBanner,
  PasswordInput, // shows and hides a password
  Radios,
  SkipLink,
  SteadyHeader // folds navigation that does not fit behind "More"
]

for (const component of components) createAll(component)
guardForms(document)
keepDrafts(document)
leaveQuickly(document)
offerPrinting(document)
readAloud(document)
lookForDuplicates(document)
countDown(document)
lookAgain(document)
showPictures(document)
