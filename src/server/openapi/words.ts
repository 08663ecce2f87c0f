/** What the description of a server says in sentences: of all of it, and of each group of operations. */

/** What holds for every operation. */
export const about = `A ledger of lots and serial numbers over HTTP. Whatever is changed is a command with an id: \
sent again under the same \`Idempotency-Key\` it has one effect. Records carry a version; an edit says in \
\`If-Match\` which one it was made on. What goes wrong is a problem as RFC 9457 has it, with a stable \`code\`. \
Quantities are decimal texts, dates are \`YYYY-MM-DD\`, and custom attributes are filtered by \
\`attributes.<key>\` where a list has them. Texts hold no control characters.`;

/** What each group is about. */
export const tagWords: Readonly<Record<string, string>> = {
  ledger: 'The ledger as a whole: what it can do, commands and questions by name, the feed of changes.',
  server: 'The server: whether it is well, and this description.',
  codeTypes: 'How the codes of lots and serials are composed.',
  letterTables: 'Letters that stand for years and months in codes.',
  items: 'What is stocked, and how each item is tracked.',
  warehouses: 'Where stock is, and what may happen there.',
  templates: 'Kinds of postings: load or unload, for what, under which rules.',
  lotStatuses: 'What a lot or serial may be used for.',
  lotTypes: 'Kinds of lots.',
  grades: 'Grades of lots.',
  blockRules: 'What takes future receipts into quarantine.',
  transitions: 'Steps of the workflow of lots and serials.',
  parties: 'Customers, suppliers and others, by kind and code.',
  settings: 'Settings of the whole ledger.',
  lots: 'Lots: the register, edits, where they came from and went to, lots made of lots.',
  serials: 'Serials: the register, edits, what is installed in what.',
  postings: 'Loads, unloads and transfers with their lots and serials.',
  counts: 'Counts of stock, and the sheets they are filled in on.',
  reservations: 'What is promised before it moves.',
  inspections: 'Inspections of lots.',
  recalls: 'Cases on goods that must come back.',
  jobs: 'One change of many lots or serials.',
  alerts: 'Dates of lots that come near.',
};
