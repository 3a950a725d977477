// May the two be compared? Said, not assumed.
import type { Comparability } from '../../../src/protocol/comparison/comparison';
import { Icon, type IconName } from '../../kit/icon';
import { Section } from '../../kit/section';

const looks: Readonly<Record<Comparability['answer'], { icon: IconName; tone: string }>> = {
  same: { icon: 'finished', tone: 'better' },
  differs: { icon: 'caution', tone: 'caution' },
  'not known': { icon: 'unknown', tone: 'quiet' },
};
const names: Readonly<Record<Comparability['question'], string>> = {
  'data version': 'Training data',
  'metric definition': 'Metric definition',
  'evaluation set': 'Evaluation set',
};

/** One line a question, then what else is to be said. */
export function Comparable({ answers, cautions }: { answers: readonly Comparability[]; cautions: readonly string[] }) {
  return (
    <Section title="Comparable?" answer={answerOf(answers, cautions.length)}>
      <dl className="questions">
        {answers.map(({ question, answer, why }) => {
          const { icon, tone } = looks[answer];
          return (
            <div key={question} className="question">
              <dt>
                <Icon name={icon} tone={tone} />
                {names[question]}
              </dt>
              <dd className={answer === 'differs' ? '' : 'quiet'}>
                {answer === 'same' ? '' : `${answer}: `}
                {why}
              </dd>
            </div>
          );
        })}
      </dl>
      {cautions.map((caution) => (
        <p key={caution} className="note with-icon">
          <Icon name="caution" tone="caution" /> {caution}
        </p>
      ))}
    </Section>
  );
}

function answerOf(answers: readonly Comparability[], cautions: number): string {
  const differing = answers.filter(({ answer }) => answer === 'differs').length + cautions;
  const unknown = answers.filter(({ answer }) => answer === 'not known').length;
  if (differing === 0 && unknown === 0) return 'yes';
  const parts = [
    ...(differing === 0 ? [] : [differing === 1 ? 'one caution' : `${differing} cautions`]),
    ...(unknown === 0 ? [] : [unknown === 1 ? 'one thing is not known' : `${unknown} things are not known`]),
  ];
  return parts.join(', ');
}
