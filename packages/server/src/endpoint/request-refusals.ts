import { refuse, type Refusal } from '@lotline/core/base/refusal'

/** What can be wrong with a request before any rule of the floor is asked. */
export function tokenMissing(): Refusal<'token_missing'> {
  return refuse('token_missing', {
    message: 'The request says nothing about who sends it.',
    fix: 'Sign in on the page; a program on this machine sends `Authorization: Bearer ...` with the token from the file admin-token in the data folder.',
  })
}

export function tokenWrong(): Refusal<'token_wrong'> {
  return refuse('token_wrong', {
    message: 'The token of the request is not one of this server.',
    fix: 'Take the token from the file admin-token in the data folder of this very server.',
  })
}

/** The same for all that may be wrong with a key: who holds none learns nothing about those of others. */
export function keyRefused(): Refusal<'api_key_refused'> {
  return refuse('api_key_refused', {
    message: 'The key of the request is unknown, has run out, was rotated or revoked.',
    fix: 'Ask an administrator: `lotline keys` and the page Keys say what became of it, by the beginning of its secret.',
  })
}

export function sessionOver(): Refusal<'session_over'> {
  return refuse('session_over', {
    message: 'You are no longer signed in: the time is over, or the session was ended.',
    fix: 'Sign in again; what was not sent yet can be sent then.',
  })
}

/** Names the roles that may, so that one knows whom to ask. */
export function notAllowed(
  action: string,
  resource: string,
  roles: readonly string[],
): Refusal<'not_allowed'> {
  return refuse('not_allowed', {
    message: `None of your roles may do this: ${action} ${resource}.`,
    fix:
      roles.length === 0
        ? 'This can be done by a program with the administrator token only.'
        : `Ask somebody who is ${roles.join(', ')}, or an administrator for that role.`,
    details: { roles },
  })
}

export function pageUnsaid(): Refusal<'page_unsaid'> {
  return refuse('page_unsaid', {
    message: 'A write with a cookie must say which page sent it, and this one does not.',
    fix: 'Browsers send `Origin` by themselves; a program should send a token instead of a cookie.',
  })
}

export function demoOnly(): Refusal<'demo_only'> {
  return refuse('demo_only', {
    message: 'People of the demo are let in from its own page on the same machine only.',
    fix: 'Open the address that Lotline printed when it started, on that machine.',
  })
}

export function foreignPage(): Refusal<'foreign_page'> {
  return refuse('foreign_page', {
    message: "The request comes from another site's page.",
    fix: "Use Lotline's own page, or a program with a token.",
  })
}

export function pathUnknown(path: string): Refusal<'path_unknown'> {
  return refuse('path_unknown', {
    message: `There is nothing at ${path.slice(0, 200)}.`,
    fix: 'See /docs for what there is.',
  })
}

export function notFound(what: string, value: string): Refusal<'not_found'> {
  return refuse('not_found', {
    message: `There is no ${what} ${JSON.stringify(value.slice(0, 200))}.`,
    fix: 'Check the number, or search for it with GET /v1/search?text=.',
    value: value.slice(0, 200),
  })
}

export function requestMalformed(field: string, says: string): Refusal<'request_malformed'> {
  return refuse('request_malformed', {
    message: `The request cannot be read: ${field === '' ? '' : `${field} `}${says}.`,
    fix: 'Compare it with /docs; fields that are not named there are refused, so that nothing is silently lost.',
    field,
  })
}

export function bodyTooLarge(limit: number): Refusal<'body_too_large'> {
  return refuse('body_too_large', {
    message: `The body is larger than ${Math.floor(limit / 1_048_576)} MB.`,
    fix: 'Send it in several calls, or as a file to POST /v1/imports.',
  })
}

export function mediaTypeUnknown(given: string): Refusal<'media_type_unknown'> {
  return refuse('media_type_unknown', {
    message: `The media type ${JSON.stringify(given.slice(0, 100))} is not read here.`,
    fix: 'Send JSON with the header `Content-Type: application/json`.',
    value: given.slice(0, 100),
  })
}

export function textUnstorable(field: string): Refusal<'text_unstorable'> {
  return refuse('text_unstorable', {
    message: 'A text holds the character NUL or half a character.',
    fix: 'Scan or type it again; if a program made it, have it send well-formed Unicode.',
    field,
  })
}

export function cursorMalformed(value: string): Refusal<'cursor_malformed'> {
  return refuse('cursor_malformed', {
    message: 'The cursor is not one that this server gave.',
    fix: 'Begin again without a cursor, and pass on `nextCursor` unchanged.',
    field: 'cursor',
    value: value.slice(0, 100),
  })
}
