// Names for runs and models that nobody named: an adjective, a noun and a number, easy to say and to tell apart.
import { randomInt } from 'node:crypto';

const adjectives =
  'able amber ample arctic bold brave brisk bright calm candid clear clever cosmic crisp daring deft eager early ' +
  'elated exact fair fleet fresh gentle glad golden grand handy hardy honest humble jolly keen kind lively loyal ' +
  'lucid mellow merry mighty modest neat nimble noble placid plucky polite proud quick quiet rapid ready rustic ' +
  'secure serene sharp silent sleek smart solid spry stark steady sunny swift tidy tough upbeat valid vivid warm wise';
const nouns =
  'alder anchor aspen badger basin bay beacon birch bison breeze brook canyon cedar cliff cloud comet coral crane ' +
  'creek crow delta dune eagle ember falcon fern finch fjord forest fox gale glacier grove gull harbor hare hawk ' +
  'heron hill inlet island jay juniper kelp lake lark ledge lynx maple marsh meadow mesa moose moth oak orca otter ' +
  'owl perch pine plover pond prairie quail raven reef ridge river robin seal shoal shore sparrow spruce stone ' +
  'stork summit swan thrush tide trout tundra valley wave willow wolf wren';

const adjectiveList = adjectives.split(' ');
const nounList = nouns.split(' ');

function pick(words: readonly string[]): string {
  return words[randomInt(words.length)] ?? 'plain';
}

/** A random name such as `brisk-heron-412`; not unique, names identify nothing. */
export function randomRunName(): string {
  return `${pick(adjectiveList)}-${pick(nounList)}-${randomInt(1000)}`;
}
