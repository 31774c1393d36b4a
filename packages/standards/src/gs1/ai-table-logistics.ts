/** The identifiers from 400 on; the columns are explained in `ai-table-goods.ts`. */
export const logisticsTable = `
400 | X..30 | variable | attribute |  |  | ORDER NUMBER
401 | X..30:gcppos1 | variable | key! |  |  | GINC
402 | N17:csum:gcppos1 | variable | key! |  |  | GSIN
403 | X..30 | variable | attribute | 00 |  | ROUTE
410 | N13:csum:gcppos1 | fixed | attribute |  |  | SHIP TO LOC
411 | N13:csum:gcppos1 | fixed | attribute |  |  | BILL TO
412 | N13:csum:gcppos1 | fixed | attribute |  |  | PURCHASE FROM
413 | N13:csum:gcppos1 | fixed | attribute |  |  | SHIP FOR LOC
414 | N13:csum:gcppos1 | fixed | key:254/7040! |  |  | LOC No.
415 | N13:csum:gcppos1 | fixed | key:8020! | 8020 |  | PAY TO
416 | N13:csum:gcppos1 | fixed | attribute |  |  | PROD/SERV LOC
417 | N13:csum:gcppos1 | fixed | key:7040! |  |  | PARTY
420 | X..20 | variable | attribute |  | 421 | SHIP TO POST
421 | N3:iso3166 X..9 | variable | attribute |  | 4307 | SHIP TO POST
422 | N3:iso3166 | variable | attribute | 01 02 8006 8026 | 426 | ORIGIN
423 | N3:iso3166 N3?:iso3166 N3?:iso3166 N3?:iso3166 N3?:iso3166 | variable | attribute | 01 02 | 426 | COUNTRY - INITIAL PROCESS
424 | N3:iso3166 | variable | attribute | 01 02 | 426 | COUNTRY - PROCESS
425 | N3:iso3166 N3?:iso3166 N3?:iso3166 N3?:iso3166 N3?:iso3166 | variable | attribute | 01 02 | 426 | COUNTRY - DISASSEMBLY
426 | N3:iso3166 | variable | attribute | 01 02 |  | COUNTRY - FULL PROCESS
427 | X..3 | variable | attribute | 01 02 & 422 |  | ORIGIN SUBDIVISION
4300 | X..35:pcenc | variable | attribute | 00 |  | SHIP TO COMP
4301 | X..35:pcenc | variable | attribute | 00 |  | SHIP TO NAME
4302 | X..70:pcenc | variable | attribute | 00 |  | SHIP TO ADD1
4303 | X..70:pcenc | variable | attribute | 4302 |  | SHIP TO ADD2
4304 | X..70:pcenc | variable | attribute | 00 |  | SHIP TO SUB
4305 | X..70:pcenc | variable | attribute | 00 |  | SHIP TO LOC
4306 | X..70:pcenc | variable | attribute | 00 |  | SHIP TO REG
4307 | X2:iso3166alpha2 | variable | attribute | 00 |  | SHIP TO COUNTRY
4308 | X..30 | variable | attribute | 00 |  | SHIP TO PHONE
4309 | N10:latitude N10:longitude | variable | attribute | 00 |  | SHIP TO GEO
4310 | X..35:pcenc | variable | attribute | 00 |  | RTN TO COMP
4311 | X..35:pcenc | variable | attribute | 00 |  | RTN TO NAME
4312 | X..70:pcenc | variable | attribute | 00 |  | RTN TO ADD1
4313 | X..70:pcenc | variable | attribute | 4312 |  | RTN TO ADD2
4314 | X..70:pcenc | variable | attribute | 00 |  | RTN TO SUB
4315 | X..70:pcenc | variable | attribute | 00 |  | RTN TO LOC
4316 | X..70:pcenc | variable | attribute | 00 |  | RTN TO REG
4317 | X2:iso3166alpha2 | variable | attribute | 00 |  | RTN TO COUNTRY
4318 | X..20 | variable | attribute | 00 |  | RTN TO POST
4319 | X..30 | variable | attribute | 00 |  | RTN TO PHONE
4320 | X..35:pcenc | variable | attribute | 00 |  | SRV DESCRIPTION
4321 | N1:yesno | variable | attribute | 00 |  | DANGEROUS GOODS
4322 | N1:yesno | variable | attribute | 00 |  | AUTH TO LEAVE
4323 | N1:yesno | variable | attribute | 00 |  | SIG REQUIRED
4324 | N6:yymmd0 N4:hhmi | variable | attribute | 00 |  | NOT BEF DEL DT
4325 | N6:yymmd0 N4:hhmi | variable | attribute | 00 |  | NOT AFT DEL DT
4326 | N6:yymmdd | variable | attribute | 00 |  | REL DATE
4330 | N6 X1?:hyphen | variable | attribute | 00 | 4331 | MAX TEMP F.
4331 | N6 X1?:hyphen | variable | attribute | 00 | 4330 | MAX TEMP C.
4332 | N6 X1?:hyphen | variable | attribute | 00 | 4333 | MIN TEMP F.
4333 | N6 X1?:hyphen | variable | attribute | 00 | 4332 | MIN TEMP C.
7001 | N13 | variable | attribute | 01 02 8006 8026 |  | NSN
7002 | X..30 | variable | attribute | 01 02 |  | MEAT CUT
7003 | N6:yymmdd N4:hhmi | variable | attribute | 01 02 |  | EXPIRY TIME
7004 | N..4 | variable | attribute | 01+10 |  | ACTIVE POTENCY
7005 | X..12 | variable | attribute | 01 02 |  | CATCH AREA
7006 | N6:yymmdd | variable | attribute | 01 02 |  | FIRST FREEZE DATE
7007 | N6:yymmdd N6?:yymmdd | variable | attribute | 01 02 |  | HARVEST DATE
7008 | X..3 | variable | attribute | 01 02 |  | AQUATIC SPECIES
7009 | X..10 | variable | attribute | 01 02 |  | FISHING GEAR TYPE
7010 | X..2 | variable | attribute | 01 02 |  | PROD METHOD
7011 | N6:yymmdd N4?:hhmi | variable | attribute | 01 02 |  | TEST BY DATE
7020 | X..20 | variable | attribute | 01 8006 & 416 |  | REFURB LOT
7021 | X..20 | variable | attribute | 01 8006 |  | FUNC STAT
7022 | X..20 | variable | attribute | 7021 |  | REV STAT
7023 | X..30:gcppos1 | variable | attribute |  |  | GIAI - ASSEMBLY
7030 | N3:iso3166999 X..27 | variable | attribute | 01 02 |  | PROCESSOR # 0
7031 | N3:iso3166999 X..27 | variable | attribute | 01 02 |  | PROCESSOR # 1
7032 | N3:iso3166999 X..27 | variable | attribute | 01 02 |  | PROCESSOR # 2
7033 | N3:iso3166999 X..27 | variable | attribute | 01 02 |  | PROCESSOR # 3
7034 | N3:iso3166999 X..27 | variable | attribute | 01 02 |  | PROCESSOR # 4
7035 | N3:iso3166999 X..27 | variable | attribute | 01 02 |  | PROCESSOR # 5
7036 | N3:iso3166999 X..27 | variable | attribute | 01 02 |  | PROCESSOR # 6
7037 | N3:iso3166999 X..27 | variable | attribute | 01 02 |  | PROCESSOR # 7
7038 | N3:iso3166999 X..27 | variable | attribute | 01 02 |  | PROCESSOR # 8
7039 | N3:iso3166999 X..27 | variable | attribute | 01 02 |  | PROCESSOR # 9
7040 | N1 X1 X1 X1:importeridx | variable | - |  |  | UIC+EXT
7041 | X..4:packagetype | variable | - | 00 |  | UFRGT UNIT TYPE
710 | X..20 | variable | attribute | 01 |  | NHRN PZN
711 | X..20 | variable | attribute | 01 |  | NHRN CIP
712 | X..20 | variable | attribute | 01 |  | NHRN CN
713 | X..20 | variable | attribute | 01 |  | NHRN DRN
714 | X..20 | variable | attribute | 01 |  | NHRN AIM
715 | X..20 | variable | attribute | 01 |  | NHRN NDC
716 | X..20 | variable | attribute | 01 |  | NHRN AIC
717 | X..20 | variable | attribute | 01 |  | NHRN SRN
7230 | X2 X..28 | variable | attribute | 01 8004 |  | CERT # 1
7231 | X2 X..28 | variable | attribute | 01 8004 |  | CERT # 2
7232 | X2 X..28 | variable | attribute | 01 8004 |  | CERT # 3
7233 | X2 X..28 | variable | attribute | 01 8004 |  | CERT # 4
7234 | X2 X..28 | variable | attribute | 01 8004 |  | CERT # 5
7235 | X2 X..28 | variable | attribute | 01 8004 |  | CERT # 6
7236 | X2 X..28 | variable | attribute | 01 8004 |  | CERT # 7
7237 | X2 X..28 | variable | attribute | 01 8004 |  | CERT # 8
7238 | X2 X..28 | variable | attribute | 01 8004 |  | CERT # 9
7239 | X2 X..28 | variable | attribute | 01 8004 |  | CERT # 10
7240 | X..20 | variable | attribute | 01 8006 |  | PROTOCOL
7241 | N2:mediatype | variable | attribute | 8017 8018 |  | AIDC MEDIA TYPE
7242 | X..25 | variable | attribute | 8017 8018 |  | VCN
7250 | N8:yyyymmdd | variable | attribute | 8018 | 7251 | DOB
7251 | N8:yyyymmdd N4:hhmi | variable | attribute | 8018 | 7250 | DOB TIME
7252 | N1:iso5218 | variable | attribute | 8018 |  | BIO SEX
7253 | X..40:pcenc | variable | attribute | 8017 8018 | 7256 7259 | FAMILY NAME
7254 | X..40:pcenc | variable | attribute | 8017 8018 | 7256 7259 | GIVEN NAME
7255 | X..10 | variable | attribute | 8017 8018 | 7256 7259 | SUFFIX
7256 | X..90:pcenc | variable | attribute | 8017 8018 |  | FULL NAME
7257 | X..70:pcenc | variable | attribute | 8018 |  | PERSON ADDR
7258 | X3:posinseqslash | variable | attribute | 8018+7259 |  | BIRTH SEQUENCE
7259 | X..40:pcenc | variable | attribute | 8018 | 7256 | BABY
8001 | N4:nonzero N5:nonzero N3:nonzero N1:winding N1 | variable | attribute | 01 |  | DIMENSIONS
8002 | X..20 | variable | attribute |  |  | CMT No.
8003 | N1:zero N13:csum:gcppos1 X..16? | variable | key! |  |  | GRAI
8004 | X..30:gcppos1 | variable | key:7040! |  |  | GIAI
8005 | N6 | variable | attribute | 01 02 |  | PRICE PER UNIT
8006 | N14:csum:gcppos2 N4:pieceoftotal | variable | key:22>10>21! |  | 01 37 | ITIP
8007 | X..34:iban | variable | attribute | 415 |  | IBAN
8008 | N6:yymmdd N2:hh N2?:mi N2?:ss | variable | attribute | 01 02 |  | PROD TIME
8009 | X..50 | variable | attribute | 00 01 |  | OPTSEN
8010 | Y..30:gcppos1 | variable | key:8011! |  |  | CPID
8011 | N..12:nozeroprefix | variable | - | 8010 |  | CPID SERIAL
8012 | X..20 | variable | attribute | 01 8006 |  | VERSION
8013 | X..25:csumalpha:gcppos1 | variable | key! |  |  | GMN
8014 | X..25:csumalpha:gcppos1:hasnondigit | variable | - | 01 |  | MUDI
8017 | N18:csum:gcppos1 | variable | key:8019! |  | 8018 | GSRN - PROVIDER
8018 | N18:csum:gcppos1 | variable | key:8019! |  | 8017 | GSRN - RECIPIENT
8019 | N..10 | variable | - | 8017 8018 |  | SRIN
8020 | X..25 | variable | - | 415 |  | REF No.
8026 | N14:csum:gcppos2 N4:pieceoftotal | variable | attribute | 37 | 02 8006 | ITIP CONTENT
8030 | Z..90 | variable | attribute | 00 01+21 253 255 8003 8004 8006+21 8010+8011 8017 8018 |  | DIGSIG
8040 | N15 | variable | - | 01+21 |  | IMEI
8041 | N15 | variable | - | 01+21+8040 |  | IMEI2
8042 | N32 | variable | - | 01+21+8040 |  | ESIM
8043 | N18 N..2? | variable | - | 01+21+8040 |  | PSIM
8110 | X..70:couponcode | variable | attribute |  |  |
8111 | N4 | variable | attribute | 255 |  | POINTS
8112 | X..70:couponposoffer | variable | attribute |  |  |
8200 | X..70 | variable | - | 01 |  | PRODUCT URL
90 | X..30 | variable | attribute |  |  | INTERNAL
91..99 | X..90 | variable | attribute |  |  | INTERNAL
`
