import type { RawCommand } from '../../core/decider.js';
import type { JsonObject } from '../../core/json.js';
import type { Told } from '../../core/story.js';
import type { UserCommandType } from './commands.js';

interface Sent extends RawCommand<UserCommandType> {
  readonly payload: JsonObject;
}

/** On which day, at what time, who sent what. */
type Line = readonly [day: number, time: `${number}:${number}`, actor: string, sent: Sent];

const create = (name: string, email: string | null = null): Sent => ({
  type: 'CreateUser',
  payload: { name, email },
});
const rename = (name: string): Sent => ({ type: 'RenameUser', payload: { name } });
const email = (address: string | null): Sent => ({
  type: 'ChangeUserEmail',
  payload: { email: address },
});
const deactivate = (reason: string): Sent => ({ type: 'DeactivateUser', payload: { reason } });
const REACTIVATE: Sent = { type: 'ReactivateUser', payload: {} };

/** A dozen users over some months. Three addresses pass from hand to hand: desk@, engine@ and seminar@. */
const LIVES: Readonly<Record<string, readonly Line[]>> = {
  ada: [
    [0, '08:02', 'import', create('Augusta Ada Byron', 'ada.byron@example.org')],
    [9, '10:15', 'ada', rename('Ada Byron')],
    [23, '09:40', 'ada', email('ada@example.org')],
    [34, '14:05', 'registry', rename('Ada King')],
    [35, '09:12', 'ada', email('ada.king@example.org')],
    [41, '16:30', 'ada', email('engine@analytical.example')],
    [67, '11:20', 'registry', rename('Ada King, Countess of Lovelace')],
    [68, '08:55', 'ada', rename('Ada Lovelace')],
    [93, '17:45', 'support/maria', deactivate('Asked for a pause, to finish Note G.')],
    [101, '09:05', 'support/maria', REACTIVATE],
    [120, '10:30', 'ada', email(null)],
    [120, '10:42', 'ada', email('ada.lovelace@example.org')],
    [149, '15:10', 'import', rename('LOVELACE, ADA')],
    [149, '16:25', 'support/jonas', rename('Ada Lovelace')],
    [166, '13:35', 'ada', email('ada@lovelace.example')],
  ],
  charles: [
    [0, '08:02', 'import', create('Charles Babbage', 'engine@analytical.example')],
    [12, '13:30', 'charles', rename('Charles Babbage, FRS')],
    [40, '17:05', 'charles', email('charles@example.org')],
    [52, '10:10', 'registry', rename('Charles Babbage')],
    [60, '09:00', 'registry', deactivate('Left to build another engine.')],
    [100, '11:45', 'registry', REACTIVATE],
    [104, '15:20', 'charles', email('difference@analytical.example')],
    [118, '09:50', 'charles', rename('C. Babbage')],
    [131, '14:15', 'support/maria', rename('Charles Babbage')],
    [158, '10:35', 'charles', email('charles.babbage@example.org')],
  ],
  grace: [
    [2, '09:20', 'registry', create('Grace Brewster Murray', 'grace.murray@example.org')],
    [14, '11:05', 'registry', rename('Grace Hopper')],
    [14, '11:20', 'grace', email('grace.hopper@example.org')],
    [30, '09:00', 'grace', email('desk@example.org')],
    [58, '09:00', 'grace', email('grace.hopper@example.org')],
    [77, '16:40', 'registry', rename('Lt. Grace Hopper')],
    [96, '08:30', 'support/jonas', deactivate('At sea until spring.')],
    [126, '09:15', 'support/jonas', REACTIVATE],
    [127, '10:00', 'registry', rename('Rear Admiral Grace Hopper')],
    [135, '12:10', 'grace', rename('Grace Hopper')],
    [142, '10:00', 'grace', email('desk@example.org')],
    [163, '18:20', 'grace', email('grace@example.org')],
  ],
  katherine: [
    [3, '14:00', 'registry', create('Katherine Coleman')],
    [5, '09:30', 'katherine', email('katherine@example.org')],
    [21, '10:50', 'registry', rename('Katherine Goble')],
    [47, '13:25', 'registry', rename('Katherine Goble Johnson')],
    [48, '08:45', 'katherine', rename('Katherine Johnson')],
    [58, '10:00', 'katherine', email('desk@example.org')],
    [86, '09:00', 'katherine', email('katherine.johnson@example.org')],
    [109, '15:55', 'katherine', email('kj@orbits.example')],
    [137, '11:30', 'support/maria', deactivate('Two accounts; this one is kept for the record.')],
    [138, '09:20', 'support/maria', REACTIVATE],
    [154, '17:15', 'katherine', email('katherine@example.org')],
  ],
  alan: [
    [4, '10:10', 'registry', create('Alan Turing', 'alan@example.org')],
    [17, '15:45', 'alan', rename('Alan M. Turing')],
    [33, '09:35', 'alan', email('alan.turing@example.org')],
    [55, '16:05', 'support/jonas', deactivate('Away at an undisclosed place.')],
    [80, '08:15', 'support/jonas', REACTIVATE],
    [86, '10:00', 'alan', email('desk@example.org')],
    [114, '09:00', 'alan', email('alan@example.org')],
    [123, '13:40', 'alan', rename('Alan Turing')],
    [146, '11:55', 'registry', rename('Alan Turing, OBE')],
    [147, '09:10', 'alan', rename('Alan Turing')],
    [160, '14:50', 'alan', email('alan@enigma.example')],
  ],
  emmy: [
    [6, '09:05', 'import', create('Amalie Emmy Noether', 'emmy@example.org')],
    [8, '11:15', 'emmy', rename('Emmy Noether')],
    [20, '10:00', 'emmy', email('seminar@example.org')],
    [50, '16:20', 'registry', rename('Dr. Emmy Noether')],
    [73, '14:30', 'registry', rename('Prof. Emmy Noether')],
    [90, '12:00', 'emmy', email('emmy.noether@example.org')],
    [98, '09:45', 'support/maria', deactivate('Moved to another institute.')],
    [112, '10:25', 'support/maria', REACTIVATE],
    [113, '08:50', 'emmy', email('emmy@brynmawr.example')],
    [139, '15:30', 'emmy', rename('Emmy Noether')],
    [162, '11:10', 'emmy', email('emmy@rings.example')],
  ],
  sofya: [
    [10, '13:10', 'registry', create('Sofya Korvin-Krukovskaya', 'sofya@example.org')],
    [25, '09:55', 'registry', rename('Sofya Kovalevskaya')],
    [26, '10:05', 'sofya', email('sofya.kovalevskaya@example.org')],
    [62, '17:30', 'support/jonas', deactivate('On leave in Stockholm.')],
    [84, '09:25', 'support/jonas', REACTIVATE],
    [91, '12:00', 'sofya', email('seminar@example.org')],
    [116, '14:45', 'sofya', rename('Sonya Kovalevskaya')],
    [133, '10:20', 'sofya', rename('Sofya Kovalevskaya')],
    [140, '16:00', 'sofya', email('sofya@example.org')],
    [157, '08:40', 'registry', rename('Prof. Sofya Kovalevskaya')],
  ],
  sophie: [
    [11, '21:15', 'registry', create('Antoine-Auguste Le Blanc', 'leblanc@example.org')],
    [19, '22:05', 'sophie', email('m.leblanc@example.org')],
    [44, '20:30', 'sophie', rename('M. Le Blanc')],
    [70, '10:00', 'support/maria', rename('Sophie Germain')],
    [70, '10:12', 'sophie', email('sophie@example.org')],
    [88, '19:40', 'sophie', email('sophie.germain@example.org')],
    [105, '13:00', 'registry', deactivate('The address bounces.')],
    [108, '09:30', 'support/maria', REACTIVATE],
    [108, '09:41', 'sophie', email('germain@primes.example')],
    [141, '12:00', 'sophie', email('seminar@example.org')],
    [164, '20:55', 'sophie', rename('Marie-Sophie Germain')],
  ],
  mary: [
    [13, '09:00', 'import', create('Mary Fairfax')],
    [16, '10:40', 'registry', rename('Mary Greig')],
    [28, '15:15', 'mary', email('mary@example.org')],
    [57, '11:50', 'registry', rename('Mary Somerville')],
    [76, '14:20', 'mary', email('mary.somerville@example.org')],
    [99, '16:10', 'support/jonas', deactivate('Asked to be left alone with Laplace.')],
    [111, '10:05', 'support/jonas', REACTIVATE],
    [121, '10:30', 'mary', email('engine@analytical.example')],
    [145, '09:35', 'mary', email('mary@heavens.example')],
    [159, '13:45', 'mary', rename('Mary Fairfax Somerville')],
  ],
  hedy: [
    [22, '18:00', 'registry', create('Hedwig Kiesler', 'hedy@example.org')],
    [37, '12:35', 'registry', rename('Hedwig Mandl')],
    [59, '19:05', 'hedy', rename('Hedy Lamarr')],
    [65, '17:10', 'hedy', email('hedy.lamarr@example.org')],
    [82, '09:15', 'support/maria', deactivate('Wants a quieter frequency.')],
    [94, '18:45', 'support/maria', REACTIVATE],
    [95, '18:50', 'hedy', email('hop@spread.example')],
    [119, '20:20', 'registry', rename('Hedy Lamarr Markey')],
    [136, '11:25', 'hedy', rename('Hedy Lamarr')],
    [152, '16:35', 'hedy', email('hedy@example.org')],
  ],
  annie: [
    [31, '08:20', 'registry', create('Annie McCrory', 'annie@example.org')],
    [45, '09:05', 'registry', rename('Annie Easley')],
    [63, '13:50', 'annie', email('annie.easley@example.org')],
    [89, '15:05', 'support/jonas', deactivate('Changed teams.')],
    [92, '08:35', 'support/jonas', REACTIVATE],
    [114, '10:00', 'annie', email('desk@example.org')],
    [142, '09:00', 'annie', email('annie@centaur.example')],
    [155, '10:55', 'annie', rename('Annie J. Easley')],
    [165, '09:20', 'support/maria', rename('Annie Easley')],
  ],
  edsger: [
    [43, '09:30', 'registry', create('Edsger Dijkstra', 'edsger@example.org')],
    [49, '10:00', 'edsger', rename('Edsger W. Dijkstra')],
    [72, '09:00', 'edsger', email('ewd@example.org')],
    [79, '11:40', 'import', rename('Edsger W Dykstra')],
    [81, '09:10', 'support/jonas', rename('Edsger W. Dijkstra')],
    [103, '14:00', 'registry', deactivate('Considered harmful. Filed by mistake.')],
    [103, '14:06', 'registry', REACTIVATE],
    [129, '08:30', 'edsger', email('edsger@structured.example')],
    [151, '10:15', 'edsger', email(null)],
    [161, '09:00', 'support/maria', deactivate('Prefers letters.')],
  ],
};

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function told(id: string, [day, time, actor, { type, payload }]: Line): Told {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return {
    command: { type, payload: { ...payload, id } },
    actor,
    at: day * DAY + (hour * 60 + minute) * MINUTE,
  };
}

export const userDemo: readonly Told[] = Object.entries(LIVES)
  .flatMap(([id, lines]) => lines.map((line) => told(id, line)))
  .toSorted((one, other) => one.at - other.at);
