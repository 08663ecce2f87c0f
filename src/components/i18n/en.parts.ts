/** The English texts of the parts elements are made of: menus, pages of a list, fields of their own. */
export const partsEn = {
  // --- pages of a list ----------------------------------------------------------------------------
  'pager.label': 'Pages',
  'pager.first': 'First page',
  'pager.previous': 'Previous page',
  'pager.next': 'Next page',
  'pager.last': 'Last page',
  'pager.page': 'Page',
  'pager.of': 'of {of}',
  'pager.rows': 'Rows per page',
  // --- fields of their own ------------------------------------------------------------------------
  'field.fillIn': 'Fill in this field.',
  'field.pickOne': 'Choose one of the list.',
  'field.tickThis': 'Tick this to go on.',
  'field.tooLong': {
    one: 'At most {n} character fits here.',
    other: 'At most {n} characters fit here.',
  },
  'field.wholeNumber': 'Only whole numbers fit here.',
  'field.atMostDecimals': { one: 'At most {n} decimal fits here.', other: 'At most {n} decimals fit here.' },
  'field.loadFailed': 'The choices could not be read.',
  // --- forms of a lot -----------------------------------------------------------------------------
  'lotForm.more': 'More',
  'lotForm.mayNot': 'You may not create lots.',
  'lotView.mayNotEdit': 'You may not change this lot.',
  'lotView.moreActs': 'More actions',
  'lotView.tabFailed': 'This tab could not be shown.',
  'lotView.unknown': 'There is no such lot',
  'lotView.unknownText': 'No lot {code} is known. Check the code, or choose the lot in the register.',
  // --- form of a posting --------------------------------------------------------------------------
  'postingForm.mayNot': 'You may not post.',
  'form.openRecord': 'Open {code}',
  // --- calls that wait for a sign-in --------------------------------------------------------------
  'held.title': 'Waiting for you to sign in.',
  'held.changes': {
    one: '{n} change is kept and will be sent.',
    other: '{n} changes are kept and will be sent.',
  },
  'held.reads': 'What is shown may be old. Nothing you typed is lost.',
  'held.resume': 'I have signed in',
};
