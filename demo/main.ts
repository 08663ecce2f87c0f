/** Starts the portal: registers the elements of Lotledger, then shows the page of the address. */
import 'lotledger/define';
import { App } from './portal/app.ts';

void new App().start();
