/** A setting has a value that it cannot have; the message names it, in one line. */
export class BadSetting extends Error {
  override readonly name = 'BadSetting';
}
