/**
 * Every error code of the library, once: its kind, whether and how to try again, and its sentence in
 * English. Codes are stable; each has a page in `docs/errors/`. Other languages live in
 * `components/i18n/`. Details are plain data, listed beside each code.
 */

/** What sort of failure it is, and so what whoever meets it can do. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'rejected'
  | 'mismatch'
  | 'limit'
  | 'unavailable'
  | 'quota'
  | 'corrupt'
  | 'unsupported';

/** Whether the same command may be sent again: never, under the same id, or only under a new one. */
export type Retry = 'never' | 'same-id' | 'new-id';

interface CatalogueEntry {
  readonly kind: ErrorKind;
  readonly retry: Retry;
  readonly message: (details: Readonly<Record<string, unknown>>) => string;
}

type Say = (d: Readonly<Record<string, unknown>>) => string;
const invalid = (message: Say): CatalogueEntry => ({ kind: 'invalid', retry: 'new-id', message });
const rejected = (message: Say): CatalogueEntry => ({ kind: 'rejected', retry: 'new-id', message });
const missing = (message: Say): CatalogueEntry => ({ kind: 'missing', retry: 'new-id', message });
const other = (kind: ErrorKind, retry: Retry, message: Say): CatalogueEntry => ({ kind, retry, message });
/** Not now: the same command may be sent again under its id. */
const later = (message: Say): CatalogueEntry => other('unavailable', 'same-id', message);
const never = (message: Say): CatalogueEntry => other('unsupported', 'never', message);

/** Every error code with its kind, its retry and its English sentence; details are described per code in docs/errors. */
export const errorCatalogue = {
  // --- input, decidable without the ledger ---------------------------------------------------------
  'field.required': invalid(() => 'A value is required.'),
  'field.type': invalid(
    (d) => `The value has the wrong type${d.expected ? `; expected ${d.expected}` : ''}.`,
  ),
  'field.unknown': invalid((d) => `There is no field of this name${d.name ? `: ${d.name}` : ''}.`),
  'field.characters': invalid(() => 'The text holds control characters or ill-formed Unicode.'),
  'field.tooLong': invalid((d) => `The text is longer than ${d.max} characters.`),
  'field.repeated': invalid((d) => `The value stands twice: ${d.value}.`),
  'field.range': invalid((d) => `The value lies outside ${d.min ?? '…'} to ${d.max ?? '…'}.`),
  'date.invalid': invalid(() => 'This is no date of the form YYYY-MM-DD.'),
  'quantity.format': invalid(() => 'A quantity is a plain decimal number, without exponent.'),
  'quantity.negative': invalid(() => 'A quantity is never negative.'),
  'quantity.zero': invalid(() => 'A quantity of zero moves nothing.'),
  'quantity.precision': invalid((d) => `The unit has ${d.decimals} decimals; the quantity has more.`),
  'quantity.tooLarge': invalid(() => 'The quantity is too large to be counted exactly.'),
  'limit.depth': other('limit', 'new-id', (d) => `The input is nested deeper than ${d.max} levels.`),
  'limit.lines': other('limit', 'new-id', (d) => `More than ${d.max} lines, rows or values at once.`),
  'limit.size': other('limit', 'new-id', (d) => `The input is larger than ${d.max} characters.`),
  'limit.rate': other(
    'limit',
    'same-id',
    (d) => `Too much at once; try again in ${d.seconds ?? 'some'} seconds.`,
  ),
  'limit.time': later((d) => `The answer would take longer than ${d.seconds ?? 'some'} seconds.`),
  'query.unsupported': never((d) => `The question cannot be asked: ${d.what}.`),
  'cursor.invalid': invalid(() => 'The cursor does not belong to this question.'),
  // --- commands -------------------------------------------------------------------------------------
  'command.unknown': never((d) => `Unknown command ${d.name}.`),
  'command.mismatch': other(
    'mismatch',
    'new-id',
    () => 'This command id was used before for something else.',
  ),
  'command.unsupported': never((d) => `Not offered here: ${d.what}.`),
  'command.notApplied': other(
    'rejected',
    'same-id',
    (d) => `Not applied: command ${d.because} of the same group was refused.`,
  ),
  'hook.refused': rejected((d) => `The host refused this${d.text ? `: ${d.text}` : '.'}`),
  'hook.failed': later((d) => `The host's hook ${d.hook ?? ''} did not work; nothing was written.`),
  'concurrency.stale': other(
    'conflict',
    'new-id',
    (d) => `Changed by somebody else; the version is now ${d.version}.`,
  ),
  'session.required': other('unauthenticated', 'same-id', () => 'Nobody is signed in.'),
  'extension.failed': never(
    (d) => `What the host added did not work: ${d.name ?? ''}${d.why ? `: ${d.why}` : ''}.`,
  ),
  'adapter.unknown': never((d) => `There is no adapter "${d.name ?? ''}" here.`),
  'version.mismatch': never(
    (d) => `Version ${d.theirs ?? ''} and version ${d.ours ?? ''} do not understand each other.`,
  ),
  'server.unknown': never((d) => `There is no Lotledger server at ${d.url ?? ''}.`),
  'permission.denied': other('forbidden', 'new-id', (d) => `Not permitted: ${d.action}.`),
  'reason.required': rejected(() => 'A reason is required for this.'),
  'workflow.required': rejected(() => 'This is changed by the workflow only.'),
  // --- over HTTP ------------------------------------------------------------------------------------
  'request.unknown': other('missing', 'never', () => 'There is nothing at this address.'),
  'request.method': never(
    (d) => `This address does not take ${d.method}${d.offered ? `; it takes ${d.offered}` : ''}.`,
  ),
  'request.media': never((d) => `Only ${d.expected} is understood here.`),
  'request.slow': later((d) => `The request did not arrive within ${d.seconds ?? 'some'} seconds.`),
  'version.required': invalid(() => 'Which version is meant has to be said (If-Match).'),
  'request.failed': later((d) => `The server failed; it noted this as request ${d.request ?? '?'}.`),
  // --- master data ----------------------------------------------------------------------------------
  'codeType.notFound': missing((d) => `There is no code type ${d.code}.`),
  'codeType.duplicate': rejected((d) => `There is a code type ${d.code} already.`),
  'codeType.rootHasProgressive': rejected(() => 'A progressive part cannot be in the root.'),
  'codeType.rootUnknownPart': rejected(
    (d) => `The root names a part that the code does not have: ${d.source}.`,
  ),
  'codeType.counter': rejected(
    () => 'A code made automatically needs one number or letters part, and at most one of each.',
  ),
  'codeType.missingPart': rejected((d) => `The code needs ${d.source}, which is not known here.`),
  'codeType.inUse': rejected(() => 'Items use this code type.'),
  'codeType.wrongKind': rejected((d) => `Code type ${d.code} does not make ${d.kind} codes.`),
  'code.overflow': rejected((d) => `The counter no longer fits its ${d.length} places.`),
  'code.tooLong': rejected((d) => `The code would be longer than ${d.max} characters.`),
  'code.refused': rejected((d) => `The code ${d.code ?? ''} was refused${d.text ? `: ${d.text}` : '.'}`),
  'code.pattern': invalid((d) => `Not understood: ${d.text}.`),
  'letterTable.notFound': missing((d) => `There is no letter table ${d.code}.`),
  'letterTable.duplicate': rejected((d) => `There is a letter table ${d.code} already.`),
  'item.notFound': missing((d) => `There is no item ${d.code}.`),
  'item.duplicate': rejected((d) => `There is an item ${d.code} already.`),
  'item.inUse': rejected(() => 'The item has lots, serials or postings.'),
  'item.unitFixed': rejected(() => 'The unit of an item is fixed once it has moved.'),
  'item.variantNotFound': rejected((d) => `The item has no variant ${d.variant}.`),
  'item.variantRequired': rejected(() => 'The item has variants; one must be named.'),
  'item.unitNotFound': rejected((d) => `The item has no unit ${d.unit}.`),
  'item.hasStock': rejected(
    (d) => `The item has ${d.onHand ?? 'some'} in stock; its tracking cannot change.`,
  ),
  'item.openingRequired': rejected(
    (d) => `The item has ${d.onHand} in stock without a lot; assign opening lots first.`,
  ),
  'item.noComponents': rejected((d) => `Nothing says what item ${d.item ?? ''} is made of.`),
  'item.openingMismatch': rejected(
    (d) => `There are ${d.onHand} without a lot; the opening lots hold ${d.given}.`,
  ),
  'item.notLotManaged': rejected((d) => `Item ${d.item} is not managed in lots.`),
  'item.notSerialManaged': rejected((d) => `Item ${d.item} is not managed by serial number.`),
  'warehouse.notFound': missing((d) => `There is no warehouse ${d.code}.`),
  'warehouse.duplicate': rejected((d) => `There is a warehouse ${d.code} already.`),
  'warehouse.inUse': rejected(() => 'The warehouse has templates or movements.'),
  'location.notFound': rejected((d) => `Warehouse ${d.warehouse} has no location ${d.location}.`),
  'location.duplicate': rejected((d) => `The warehouse names location ${d.location} twice.`),
  'location.required': rejected((d) => `Warehouse ${d.warehouse} has locations; one must be named.`),
  'location.inUse': rejected((d) => `Location ${d.location} has stock or movements.`),
  'location.denied': rejected((d) => `Location ${d.location ?? ''} does not give stock for this purpose.`),
  'location.warning': rejected((d) => `Location ${d.location ?? ''} advises against this purpose.`),
  'location.singleLot': rejected(
    (d) => `Location ${d.location} holds one lot at a time; lot ${d.present ?? ''} is there.`,
  ),
  'template.notFound': missing((d) => `Warehouse ${d.warehouse} has no template ${d.code}.`),
  'template.duplicate': rejected((d) => `Warehouse ${d.warehouse} has a template ${d.code} already.`),
  'template.inUse': rejected(() => 'Postings were made with this template.'),
  'template.wrongWarehouse': rejected(
    (d) => `Template ${d.template} does not belong to warehouse ${d.warehouse}.`,
  ),
  'template.wrongType': rejected((d) => `The template is of type ${d.type}.`),
  'template.documentRequired': rejected(() => 'This template requires a document.'),
  'template.partyRequired': rejected(() => 'This template requires a customer or supplier.'),
  'template.counterpart': rejected(() => 'The counterpart does not fit this template.'),
  'template.notConvertible': rejected(() => 'This template does not make lots from lots.'),
  'template.flagNeeds': rejected((d) => `${d.flag} has no meaning without ${d.needs}.`),
  'template.noCounterpart': rejected(() => 'The template of this posting has no counterpart.'),
  'template.notCounting': rejected((d) => `Template ${d.template} does not settle counts.`),
  'template.countingOnly': rejected((d) => `Template ${d.template} is for counts only.`),
  'lotStatus.notFound': missing((d) => `There is no lot status ${d.code}.`),
  'lotStatus.duplicate': rejected((d) => `There is a lot status ${d.code} already.`),
  'lotStatus.inUse': rejected(() => 'Lots or items use this status.'),
  'lotType.notFound': missing((d) => `There is no lot type ${d.code}.`),
  'lotType.duplicate': rejected((d) => `There is a lot type ${d.code} already.`),
  'lotType.inUse': rejected(() => 'Lots use this lot type.'),
  'grade.notFound': missing((d) => `There is no grade ${d.code}.`),
  'grade.duplicate': rejected((d) => `There is a grade ${d.code} already.`),
  'grade.inUse': rejected(() => 'Lots use this grade.'),
  'blockRule.notFound': missing((d) => `There is no block rule ${d.code}.`),
  'blockRule.duplicate': rejected((d) => `There is a block rule ${d.code} already.`),
  'blockRule.inUse': rejected(() => 'Lots were taken into quarantine by this block rule.'),
  'transition.notFound': missing((d) => `There is no transition ${d.code}.`),
  'transition.duplicate': rejected((d) => `There is a transition ${d.code} already.`),
  'transition.inUse': rejected(() => 'This transition was taken already.'),
  'transition.notHere': rejected(
    (d) => `Transition ${d.code} does not start from ${d.status ?? 'no status'}.`,
  ),
  'transition.wrongKind': rejected((d) => `Transition ${d.code} is for ${d.kind}s.`),
  'inspection.notFound': missing((d) => `There is no inspection ${d.id ?? ''}.`),
  'inspection.finished': rejected((d) => `The inspection was finished on ${d.finishedAt}.`),
  'alert.notFound': missing((d) => `Lot ${d.code ?? ''} raises no such alert.`),
  'party.notFound': missing((d) => `There is no party ${d.code}.`),
  'party.duplicate': rejected((d) => `There is a party ${d.code} already.`),
  'settings.codeScopeFixed': rejected(() => 'The scope of codes is fixed once a lot or serial exists.'),
  // --- postings -------------------------------------------------------------------------------------
  'period.closed': rejected(
    (d) =>
      `The period is open from ${d.openFrom ?? '…'} to ${d.openTo ?? '…'}${d.closedThrough ? `, and closed through ${d.closedThrough}` : ''}.`,
  ),
  'posting.futureDate': rejected((d) => `The date lies after today, ${d.today}.`),
  'posting.notFound': missing((d) => `There is no posting ${d.id ?? ''}.`),
  'posting.duplicateNumber': rejected((d) => `Number ${d.number} is taken in this warehouse on this day.`),
  'posting.duplicateKey': rejected((d) => `Key ${d.key} was used for another posting.`),
  'posting.alreadyReversed': rejected(() => 'This was reversed already.'),
  'posting.isReversal': rejected(() => 'A reversal cannot be reversed.'),
  'posting.reversalBeforeOriginal': rejected(
    (d) => `A reversal cannot be dated before its posting, ${d.date}.`,
  ),
  'posting.hasReturns': rejected(() => 'Returns were posted for this; reverse them first.'),
  'posting.lineNotFound': rejected((d) => `The posting has no line ${d.line}.`),
  'posting.reverseWhole': rejected(() => 'This posting and its counterpart can only be reversed whole.'),
  'posting.notCorrectable': rejected(() => 'This belongs to another posting; reverse both.'),
  'return.unverified': rejected(() => 'A return names the delivery it brings back, or is forced by who may.'),
  'return.wrongTemplate': rejected((d) => `A posting of intent ${d.intent} brings nothing back.`),
  'return.notDelivery': rejected(() => 'The posting named is nothing that can come back.'),
  'return.wrongItem': rejected((d) => `That line delivered ${d.item}.`),
  'return.beforeDelivery': rejected((d) => `A return cannot be dated before its delivery, ${d.date}.`),
  'return.wrongParty': rejected((d) => `That was delivered to ${d.party}.`),
  'return.lotNotDelivered': rejected((d) => `${d.code} was not delivered on that line.`),
  'return.tooMuch': rejected((d) => `Only ${d.left} of ${d.delivered} are left to return.`),
  'count.notFound': missing((d) => `There is no count ${d.id}.`),
  'stock.insufficient': rejected((d) => `Only ${d.available} are there${d.date ? ` on ${d.date}` : ''}.`),
  'stock.inTransit': rejected((d) => `What is on its way in ${d.warehouse} has to arrive first.`),
  'counterpart.mismatch': rejected(() => 'The counterpart differs from the posting.'),
  'production.sameLot': rejected((d) => `Lot ${d.code} would be made of itself.`),
  // --- lots -----------------------------------------------------------------------------------------
  'lot.notFound': missing((d) => `There is no lot ${d.code ?? d.id ?? ''}.`),
  'lot.ambiguous': rejected((d) => `Several lots have code ${d.code}; say of which item and variant.`),
  'lot.duplicate': rejected((d) => `There is a lot ${d.code} already.`),
  'lot.required': rejected((d) => `Item ${d.item ?? ''} is managed in lots; name them.`),
  'lot.sumMismatch': rejected((d) => `The lot rows differ from the line by ${d.difference}.`),
  'lot.repeatedRow': rejected((d) => `Lot ${d.code} stands twice in one line.`),
  'lot.alreadyExists': rejected(
    (d) => `Lot ${d.code} has movements; the template does not allow adding to it.`,
  ),
  'lot.wrongItem': rejected((d) => `Lot ${d.code} belongs to item ${d.item}.`),
  'lot.insufficient': rejected(
    (d) =>
      `Lot ${d.code ?? ''} has ${d.available ?? 'too little'} there${d.date ? `, short by ${d.shortage} on ${d.date}` : ''}.`,
  ),
  'lot.closed': rejected((d) => `Lot ${d.code ?? ''} is closed.`),
  'lot.cancelled': rejected((d) => `Lot ${d.code ?? ''} is cancelled.`),
  'lot.recalled': rejected((d) => `Lot ${d.code ?? ''} is recalled.`),
  'lot.expired': rejected((d) => `Lot ${d.code ?? ''} expired on ${d.expiryDate}.`),
  'lot.expiredSince': rejected((d) => `Lot ${d.code ?? ''} was good on the posting date and expired since.`),
  'lot.expiresSoon': rejected((d) => `Lot ${d.code ?? ''} expires in ${d.days} days.`),
  'lot.unavailable': rejected((d) => `Lot ${d.code ?? ''} is not available.`),
  'lot.statusWarning': rejected((d) => `The status of lot ${d.code ?? ''} advises against this use.`),
  'lot.notSellable': rejected((d) => `Lot ${d.code ?? ''} is not for sale.`),
  'lot.notInspected': rejected((d) => `Lot ${d.code ?? ''} has not passed the inspection this needs.`),
  'lot.reserved': rejected((d) => `Lot ${d.code ?? ''} is reserved.`),
  'lot.supplierMismatch': rejected((d) => `Lot ${d.code ?? ''} came from supplier ${d.supplier}.`),
  'lot.expiryRequired': rejected(() => 'The item requires an expiry date.'),
  'lot.expiryBeforeStart': rejected(
    (d) => `The expiry ${d.expiryDate} lies before the start ${d.startDate}.`,
  ),
  'lot.expiryWithoutCode': rejected(() => 'An expiry date without a lot code belongs to nothing.'),
  'lot.expiryConflict': rejected(
    (d) => `Lot ${d.code ?? ''} expires on ${d.expiryDate}; the row says ${d.typed}.`,
  ),
  'lot.startDateConflict': rejected(
    (d) => `Lot ${d.code ?? ''} starts on ${d.startDate}; the row says ${d.typed}.`,
  ),
  'lot.supplierLotConflict': rejected(
    (d) => `Lot ${d.code ?? ''} has another supplier's lot; the row says ${d.typed}.`,
  ),
  'lot.manufacturerConflict': rejected(
    (d) => `Lot ${d.code ?? ''} has another manufacturer; the row says ${d.typed}.`,
  ),
  'lot.fieldConflict': rejected(
    (d) => `Lot ${d.code ?? ''} says otherwise of ${d.field}: ${d.own}; the row says ${d.typed}.`,
  ),
  'lot.expiryFixed': rejected(() => 'The expiry date of this item may not be edited.'),
  'lot.codeLocked': rejected(() => 'The lot has left the house; its code is fixed.'),
  'lot.referenced': rejected(() => 'Movements or reservations name this lot; it cannot be deleted.'),
  'lot.onBothSides': rejected((d) => `Lot ${d.code ?? ''} would go into itself.`),
  'lot.statusConflict': rejected((d) =>
    d.comparable === false
      ? 'The statuses differ, and neither is the stricter one.'
      : 'The statuses of the lots differ.',
  ),
  'lot.expiryLater': rejected((d) => `The earliest expiry of these lots is ${d.expiryDate}.`),
  'lot.hasReservations': rejected(() => 'The lot has open reservations.'),
  // --- serials --------------------------------------------------------------------------------------
  'serial.notFound': missing((d) => `There is no serial ${d.code ?? d.id ?? ''}.`),
  'serial.ambiguous': rejected((d) => `Several serials have code ${d.code}; say of which item and variant.`),
  'serial.duplicate': rejected((d) => `There is a serial ${d.code} already.`),
  'serial.required': rejected((d) => `Item ${d.item ?? ''} is managed by serial number; name them.`),
  'serial.countMismatch': rejected((d) => `${d.expected} serials are needed, ${d.given} are given.`),
  'serial.fractional': rejected(() => 'A serial is one whole piece.'),
  'serial.repeated': rejected((d) => `Serial ${d.code} stands twice in one document.`),
  'serial.notHere': rejected((d) => `Serial ${d.code} is ${d.place ? 'elsewhere' : 'not in stock'}.`),
  'serial.alreadyInStock': rejected((d) => `Serial ${d.code} is in stock already.`),
  'serial.shippedBefore': rejected(
    (d) => `Serial ${d.code} was in the house before; a plain load does not bring it back.`,
  ),
  'serial.wrongItem': rejected((d) => `Serial ${d.code} belongs to item ${d.item}.`),
  'serial.lotRequired': rejected(() => 'Several lots in this line: each serial must name its own.'),
  'serial.wrongLot': rejected((d) => `Serial ${d.code} belongs to lot ${d.lot}.`),
  'serial.fieldConflict': rejected(
    (d) => `Serial ${d.code} says otherwise of ${d.field}: ${d.own}; the row says ${d.typed}.`,
  ),
  'serial.cancelled': rejected((d) => `Serial ${d.code} is cancelled.`),
  'serial.closed': rejected((d) => `Serial ${d.code} is closed.`),
  'serial.reserved': rejected((d) => `Serial ${d.code} is reserved.`),
  'serial.expired': rejected((d) => `Serial ${d.code} expired on ${d.expiryDate}.`),
  'serial.installed': rejected(
    (d) => `Serial ${d.code} is installed in ${d.into ?? 'another piece'}; take it out first.`,
  ),
  'serial.notInstalled': rejected((d) => `Serial ${d.code} is not installed in another piece.`),
  'serial.cycle': rejected((d) => `Serial ${d.code} cannot be installed in itself or in its own parts.`),
  'serial.codeLocked': rejected(() => 'The serial has left the house; its code is fixed.'),
  'serial.referenced': rejected(() => 'Movements or reservations name this serial; it cannot be deleted.'),
  // --- reservations ---------------------------------------------------------------------------------
  'stock.reserved': rejected((d) => `Only ${d.available} are free; ${d.reserved} are promised to others.`),
  'reservation.notFound': missing((d) => `There is no reservation ${d.id ?? d.document ?? ''}.`),
  'reservation.closed': rejected(() => 'Nothing of this reservation is open any more.'),
  'reservation.exceeded': rejected((d) => `Only ${d.open} of this reservation are open.`),
  'reservation.broken': rejected((d) => `${d.quantity} that were reserved are no longer there.`),
  // --- custom attributes and jobs -------------------------------------------------------------------
  'attribute.unknown': rejected((d) => `Item ${d.item} has no attribute ${d.key}.`),
  'attribute.type': rejected((d) => `Attribute ${d.key} is of type ${d.expected}.`),
  'attribute.choice': rejected((d) => `Attribute ${d.key} cannot be ${d.value}.`),
  'attribute.required': rejected((d) => `Attribute ${d.key} is required.`),
  'job.notFound': missing((d) => `There is no job ${d.id ?? ''}.`),
  'job.empty': rejected(() => 'The job has nothing to do.'),
  // --- recalls --------------------------------------------------------------------------------------
  'recall.notFound': missing((d) => `There is no recall ${d.id ?? d.code ?? ''}.`),
  'recall.duplicate': rejected((d) => `There is a recall ${d.code} already.`),
  'recall.untracked': rejected(() => 'Stock without lots cannot be recalled; assign lots first.'),
  'recall.closed': rejected((d) => `Recall ${d.code} is closed.`),
  'recall.stillOpen': rejected((d) => `Recall ${d.code} is open; its evidence is made when it is closed.`),
  'recall.notCovered': rejected((d) => `The recall does not cover ${d.code}.`),
  // --- the store and the engine ---------------------------------------------------------------------
  'store.rebuilding': later(() => 'The records are being built anew from the journal; nothing was written.'),
  'store.closed': other('unavailable', 'never', () => 'The ledger was closed.'),
  'store.busy': later(() => 'Too many writers at once; nothing was written.'),
  'store.unavailable': later(() => 'The store did not answer.'),
  'store.unknown': later(() => 'The line died; whether it was written is not known yet.'),
  'store.blocked': later(
    () => 'Somebody else holds the store open in an older version, or is bringing it up to date.',
  ),
  'store.newer': never(() => 'The store was written by a newer version; this one reads only.'),
  'store.notEmpty': other(
    'rejected',
    'never',
    () => 'A ledger is imported into an empty one only; this one is not empty.',
  ),
  'store.unfinished': other(
    'unavailable',
    'never',
    () => 'An import into this ledger was not finished; import again.',
  ),
  'archive.invalid': other(
    'corrupt',
    'never',
    (d) => `Line ${d.line ?? ''} of the export is not what was written.`,
  ),
  'store.quota': other(
    'quota',
    'same-id',
    () => 'There is no room left in this browser; nothing was written.',
  ),
  'store.corrupt': other(
    'corrupt',
    'never',
    () => 'The journal and what is stored do not agree; writing is stopped.',
  ),
} as const satisfies Record<string, CatalogueEntry>;

/** Every code the library raises. */
export type ErrorCode = keyof typeof errorCatalogue;
