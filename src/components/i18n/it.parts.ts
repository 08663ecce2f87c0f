/** The Italian texts of the parts elements are made of. */
import type { Message } from './catalogue.ts';
import type { partsEn } from './en.parts.ts';

export const partsIt: Readonly<Record<keyof typeof partsEn, Message>> = {
  'pager.label': 'Pagine',
  'pager.first': 'Prima pagina',
  'pager.previous': 'Pagina precedente',
  'pager.next': 'Pagina successiva',
  'pager.last': 'Ultima pagina',
  'pager.page': 'Pagina',
  'pager.of': 'di {of}',
  'pager.rows': 'Righe per pagina',
  'field.fillIn': 'Compilare questo campo.',
  'field.pickOne': 'Scegliere una voce dell’elenco.',
  'field.tickThis': 'Spuntare questa casella per proseguire.',
  'field.tooLong': {
    one: 'Qui sta al massimo {n} carattere.',
    other: 'Qui stanno al massimo {n} caratteri.',
  },
  'field.wholeNumber': 'Qui servono numeri interi.',
  'field.atMostDecimals': {
    one: 'Qui sta al massimo {n} decimale.',
    other: 'Qui stanno al massimo {n} decimali.',
  },
  'field.loadFailed': 'Non è stato possibile leggere le scelte.',
  'lotForm.more': 'Altro',
  'lotForm.mayNot': 'Non hai il permesso di creare lotti.',
  'lotView.mayNotEdit': 'Non hai il permesso di modificare questo lotto.',
  'lotView.moreActs': 'Altre azioni',
  'lotView.tabFailed': 'Non è stato possibile mostrare questa scheda.',
  'lotView.unknown': 'Questo lotto non esiste',
  'lotView.unknownText':
    'Nessun lotto {code} è noto. Controllare il codice, oppure scegliere il lotto nel registro.',
  'postingForm.mayNot': 'Non hai il permesso di registrare.',
  'form.openRecord': 'Apri {code}',
  'held.title': 'In attesa dell’accesso.',
  'held.changes': {
    one: '{n} modifica è conservata e verrà inviata.',
    other: '{n} modifiche sono conservate e verranno inviate.',
  },
  'held.reads': 'I dati mostrati possono non essere aggiornati. Quanto scritto non va perso.',
  'held.resume': 'Accesso effettuato',
};
