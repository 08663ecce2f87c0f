/**
 * Doubles and page objects for tests, of hosts and of the elements themselves: a ledger behind a wire that
 * fails as it is told, and registers and forms as a test speaks of them. Needs no test library.
 */
export type { Chance } from './chance.ts';
export { type FormPage, formPage } from './form-page.ts';
export { type GroupLine, type RegisterPage, registerPage } from './register-page.ts';
export { type FakeRemote, fakeRemote } from './remote.ts';
export type { RemoteControl } from './remote-control.ts';
export type { Lateness, RemoteFeed } from './remote-feed.ts';
export type { ListAbility, Narrowing, Offer } from './remote-offer.ts';
export type {
  Failing,
  Failure,
  FakeRemoteOptions,
  Latency,
  RemoteCall,
  RemoteHeaders,
  StartedCall,
} from './remote-types.ts';
