/** What `--help` says. */
import type { CommandName } from './options.ts';

const place = `Where the ledger is:
  --data <folder>       an embedded database in this folder; ./lotledger-data unless said
  --database <address>  PostgreSQL: postgres://user:password@host:5432/name, through the package
                        postgres or pg, whichever is installed; also LOTLEDGER_DATABASE
  --tenant <name>       which of several ledgers in one database`;

const general = `Usage: lotledger <command> [options]

  serve    serve a ledger over HTTP, with the pages of the portal
  verify   prove that a ledger is what its journal says
  export   write a ledger as lines of JSON
  import   bring such lines into an empty ledger

lotledger <command> --help tells what each takes.

  --version   print the version
  --help      print this
  --debug     print all that is known of a problem

It ends with 0 when all went well, 1 when something did not, 2 when the command was not understood.`;

const pages: Readonly<Record<CommandName, string>> = {
  serve: `Usage: lotledger serve [options]

Serves one ledger: the API below /api, the pages of the portal at /, the scripts for a page of your own at
/lotledger.js and /lotledger-remote.js.

${place}

How it is served:
  --host <address>      what it listens on; 127.0.0.1 unless said
  --port <number>       4380 unless said; 0 takes any that is free
  --pages <folder>      your own pages, at /pages/: HTML, scripts, styles, pictures and fonts in this folder.
                        Read anew at each request; nothing that begins with a dot, no JSON, no node_modules
  --origin <origin>     a page of this origin may ask, such as https://erp.example.com; may be repeated.
                        Pages of other origins may not
  --time-zone <zone>    where its days begin, such as Europe/Rome; the machine's own unless said

Who may ask:
  --token <name=secret> a token and the name it stands for; may be repeated
  --tokens <file>       tokens from a file that only you can read:
                        {"tokens": [{"name": "maria", "token": "…", "permissions": ["posting.reverse"],
                        "tenant": "acme"}]}; permissions and tenant may be left out
  LOTLEDGER_TOKENS      the same from the environment: JSON as in the file, or name=secret,name=secret
  Without any of them a token is made at the first start, and kept in the data folder.

  --address-header <name>  the header in which your proxy says from where a request comes, such as
                        X-Real-IP: sign-ins that fail are counted by it

  --sample              fill a new ledger with sample data
  --log                 write one line of JSON per request to the standard error`,
  verify: `Usage: lotledger verify [options]

Re-reads the journal, checks its chain, folds everything anew and compares. Prints ok with the head and ends
with 0, or prints the first difference and ends with 1.

${place}

  --anchor <head>       a head kept outside: the journal must have had it. As verify prints it, 812:sha256:…
  --time-zone <zone>    where its days begin`,
  export: `Usage: lotledger export [file] [options]

Writes the ledger as lines of JSON, one commit a line with its exact texts, the head as the last line: to the
file, which must not be there yet, or to the standard output.

${place}`,
  import: `Usage: lotledger import [file] [options]

Brings the lines of an export into an empty ledger and prints its head. A file is read through before anything
is written; lines of the standard input are proved one by one as they come. An import that was broken off may
be started again: it goes on where it was.

${place}`,
};

/** The help on a command, or on all. */
export const help = (command?: CommandName): string => (command === undefined ? general : pages[command]);
