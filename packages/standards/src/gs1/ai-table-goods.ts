/**
 * Facts of the GS1 application identifiers, syntax dictionary release 2026-01-27, in columns:
 * number (or range) | parts | length | Digital Link role | needs | excludes | title.
 *
 * A part is a character set (N digits, X set 82, Y set 39, Z base64url) with a length (`6`, or `..20` for up to), `?` when it
 * may be absent, and the names of its content rules (`content-rules.ts`). `fixed` needs no separator after it.
 * A role is `key` with its allowed qualifiers in path order (`/` between alternatives; `!`: also an attribute), `attribute`
 * or `-`. Groups of needs are joined by `&`: one of each group must be there; `+` joins what must be there together.
 */
export const goodsTable = `
00 | N18:csum:gcppos2 | fixed | key! |  |  | SSCC
01 | N14:csum:gcppos2 | fixed | key:22>10>21/235! |  | 255 37 | GTIN
02 | N14:csum:gcppos2 | fixed | attribute | 37 | 01 03 | CONTENT
03 | N14:csum:gcppos2 | fixed | - |  | 01 02 37 | MTO GTIN
10 | X..20 | variable | attribute | 01 02 03 8006 8026 |  | BATCH/LOT
11 | N6:yymmd0 | fixed | attribute | 01 02 03 8006 8026 |  | PROD DATE
12 | N6:yymmd0 | fixed | attribute | 8020 |  | DUE DATE
13 | N6:yymmd0 | fixed | attribute | 01 02 03 8006 8026 |  | PACK DATE
15 | N6:yymmd0 | fixed | attribute | 01 02 03 8006 8026 |  | BEST BEFORE or BEST BY
16 | N6:yymmd0 | fixed | attribute | 01 02 03 8006 8026 |  | SELL BY
17 | N6:yymmd0 | fixed | attribute | 01 02 03 255 8006 8026 |  | USE BY or EXPIRY
20 | N2 | fixed | attribute | 01 02 8006 8026 |  | VARIANT
21 | X..20 | variable | - | 01 03 8006 | 235 | SERIAL
22 | X..20 | variable | - | 01 |  | CPV
235 | X..28 | variable | - | 01 |  | TPX
240 | X..30 | variable | attribute | 01 02 8006 8026 |  | ADDITIONAL ID
241 | X..30 | variable | attribute | 01 02 8006 8026 |  | CUST. PART No.
242 | N..6 | variable | attribute | 01 02 8006 8026 |  | MTO VARIANT
243 | X..20 | variable | attribute | 01 |  | PCN
250 | X..30 | variable | attribute | 01 8006 & 21 |  | SECONDARY SERIAL
251 | X..30 | variable | attribute | 01 8006 |  | REF. TO SOURCE
253 | N13:csum:gcppos1 X..17? | variable | key! |  |  | GDTI
254 | X..20 | variable | - | 414 |  | GLN EXTENSION COMPONENT
255 | N13:csum:gcppos1 N..12? | variable | key! |  | 01 02 415 8006 8020 8026 | GCN
30 | N..8 | variable | attribute | 01 02 |  | VAR. COUNT
3100..3105 | N6 | fixed | attribute | 01 02 | 310n | NET WEIGHT (kg)
3110..3115 | N6 | fixed | attribute | 01 02 | 311n | LENGTH (m)
3120..3125 | N6 | fixed | attribute | 01 02 | 312n | WIDTH (m)
3130..3135 | N6 | fixed | attribute | 01 02 | 313n | HEIGHT (m)
3140..3145 | N6 | fixed | attribute | 01 02 | 314n | AREA (m²)
3150..3155 | N6 | fixed | attribute | 01 02 | 315n | NET VOLUME (l)
3160..3165 | N6 | fixed | attribute | 01 02 | 316n | NET VOLUME (m³)
3200..3205 | N6 | fixed | attribute | 01 02 | 320n | NET WEIGHT (lb)
3210..3215 | N6 | fixed | attribute | 01 02 | 321n | LENGTH (in)
3220..3225 | N6 | fixed | attribute | 01 02 | 322n | LENGTH (ft)
3230..3235 | N6 | fixed | attribute | 01 02 | 323n | LENGTH (yd)
3240..3245 | N6 | fixed | attribute | 01 02 | 324n | WIDTH (in)
3250..3255 | N6 | fixed | attribute | 01 02 | 325n | WIDTH (ft)
3260..3265 | N6 | fixed | attribute | 01 02 | 326n | WIDTH (yd)
3270..3275 | N6 | fixed | attribute | 01 02 | 327n | HEIGHT (in)
3280..3285 | N6 | fixed | attribute | 01 02 | 328n | HEIGHT (ft)
3290..3295 | N6 | fixed | attribute | 01 02 | 329n | HEIGHT (yd)
3300..3305 | N6 | fixed | attribute | 00 01 | 330n | GROSS WEIGHT (kg)
3310..3315 | N6 | fixed | attribute | 00 01 | 331n | LENGTH (m), log
3320..3325 | N6 | fixed | attribute | 00 01 | 332n | WIDTH (m), log
3330..3335 | N6 | fixed | attribute | 00 01 | 333n | HEIGHT (m), log
3340..3345 | N6 | fixed | attribute | 00 01 | 334n | AREA (m²), log
3350..3355 | N6 | fixed | attribute | 00 01 | 335n | VOLUME (l), log
3360..3365 | N6 | fixed | attribute | 00 01 | 336n | VOLUME (m³), log
3370..3375 | N6 | fixed | attribute | 01 | 337n | KG PER m²
3400..3405 | N6 | fixed | attribute | 00 01 | 340n | GROSS WEIGHT (lb)
3410..3415 | N6 | fixed | attribute | 00 01 | 341n | LENGTH (in), log
3420..3425 | N6 | fixed | attribute | 00 01 | 342n | LENGTH (ft), log
3430..3435 | N6 | fixed | attribute | 00 01 | 343n | LENGTH (yd), log
3440..3445 | N6 | fixed | attribute | 00 01 | 344n | WIDTH (in), log
3450..3455 | N6 | fixed | attribute | 00 01 | 345n | WIDTH (ft), log
3460..3465 | N6 | fixed | attribute | 00 01 | 346n | WIDTH (yd), log
3470..3475 | N6 | fixed | attribute | 00 01 | 347n | HEIGHT (in), log
3480..3485 | N6 | fixed | attribute | 00 01 | 348n | HEIGHT (ft), log
3490..3495 | N6 | fixed | attribute | 00 01 | 349n | HEIGHT (yd), log
3500..3505 | N6 | fixed | attribute | 01 02 | 350n | AREA (in²)
3510..3515 | N6 | fixed | attribute | 01 02 | 351n | AREA (ft²)
3520..3525 | N6 | fixed | attribute | 01 02 | 352n | AREA (yd²)
3530..3535 | N6 | fixed | attribute | 00 01 | 353n | AREA (in²), log
3540..3545 | N6 | fixed | attribute | 00 01 | 354n | AREA (ft²), log
3550..3555 | N6 | fixed | attribute | 00 01 | 355n | AREA (yd²), log
3560..3565 | N6 | fixed | attribute | 01 02 | 356n | NET WEIGHT (tr oz)
3570..3575 | N6 | fixed | attribute | 01 02 | 357n | NET VOLUME (oz)
3600..3605 | N6 | fixed | attribute | 01 02 | 360n | NET VOLUME (qt (US))
3610..3615 | N6 | fixed | attribute | 01 02 | 361n | NET VOLUME (gal.)
3620..3625 | N6 | fixed | attribute | 00 01 | 362n | VOLUME (qt (US)), log
3630..3635 | N6 | fixed | attribute | 00 01 | 363n | VOLUME (gal (US)), log
3640..3645 | N6 | fixed | attribute | 01 02 | 364n | NET VOLUME (in³)
3650..3655 | N6 | fixed | attribute | 01 02 | 365n | NET VOLUME (ft³)
3660..3665 | N6 | fixed | attribute | 01 02 | 366n | NET VOLUME (yd³)
3670..3675 | N6 | fixed | attribute | 00 01 | 367n | VOLUME (in³), log
3680..3685 | N6 | fixed | attribute | 00 01 | 368n | VOLUME (ft³), log
3690..3695 | N6 | fixed | attribute | 00 01 | 369n | VOLUME (yd³), log
37 | N..8 | variable | attribute | 00 & 02 8026 |  | COUNT
3900..3909 | N..15 | variable | attribute | 255 8020 | 390n 391n 394n 8111 | AMOUNT
3910..3919 | N3:iso4217 N..15 | variable | attribute | 8020 | 391n | AMOUNT
3920..3929 | N..15 | variable | attribute | 01 & 30 31nn 32nn 35nn 36nn | 392n 393n | PRICE
3930..3939 | N3:iso4217 N..15 | variable | attribute | 30 31nn 32nn 35nn 36nn | 393n | PRICE
3940..3943 | N4 | variable | attribute | 255 | 394n 8111 | PRCNT OFF
3950..3955 | N6 | variable | attribute | 30 31nn 32nn 35nn 36nn | 392n 393n 395n 8005 | PRICE/UoM
`
