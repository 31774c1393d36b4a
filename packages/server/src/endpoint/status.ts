/** HTTP status of a refusal: the one place where a rule of the shop becomes a number of the web. */
const byCode: Readonly<Record<string, number>> = {
  json_malformed: 400,
  request_malformed: 400,
  cursor_malformed: 400,
  text_unstorable: 400,
  token_missing: 401,
  token_wrong: 401,
  session_over: 401,
  api_key_refused: 401,
  sign_in_refused: 401,
  sign_in_too_often: 429,
  password_wrong: 422,
  password_length: 422,
  password_common: 422,
  roles_mixed: 422,
  verbs_beyond_roles: 422,
  link_spent: 410,
  not_allowed: 403,
  past_not_told: 403,
  foreign_page: 403,
  page_unsaid: 403,
  demo_only: 403,
  creation_not_allowed: 403,
  path_unknown: 404,
  not_found: 404,
  time_malformed: 422,
  clock_ahead: 422,
  key_missing: 422,
  key_reused: 422,
  verb_unknown: 422,
  command_malformed: 422,
  id_names_no_lot: 422,
  id_missing: 422,
  condition_missing: 422,
  units_too_few: 422,
  body_too_large: 413,
  media_type_unknown: 415,
  upload_cut: 400,
  upload_too_large: 413,
  file_empty: 422,
  file_not_text: 422,
  file_not_in_order: 422,
  format_unknown: 422,
  xml_forbidden: 422,
  epcis_invalid: 422,
  epcis_not_a_document: 422,
  ocel_invalid: 422,
  sqlite_unreadable: 422,
  mapping_missing: 422,
  mapping_invalid: 422,
}

const byEnding: readonly (readonly [RegExp, number])[] = [
  [/_unknown$/, 404],
  [/_(malformed|not_positive|too_precise|too_large|inexact|too_long)$/, 422],
]

/** 409 for what the rules of the floor say no to: the request was understood, and the state of the world is against it. */
export function statusOf(code: string): number {
  if (code === 'unit_unknown') return 422
  return byCode[code] ?? byEnding.find(([ending]) => ending.test(code))?.[1] ?? 409
}
