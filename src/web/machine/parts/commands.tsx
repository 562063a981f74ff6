import { useState } from 'preact/hooks';
import { commands } from '../form/command';
import { inWords } from '../form/shape';
import { chosen } from '../state/place';
import { chosenScene } from '../state/scene';
import { CommandForm } from './command-form';

/** A form for each command that the schema has. */
export function Commands() {
  const [name, setName] = useState<string | null>(null);
  const shape = commands.value.find((each) => each.name === name);
  const shown = chosenScene.value?.user ?? null;
  return (
    <section class="part commands" aria-labelledby="commands-title">
      <header>
        <h2 id="commands-title">Commands</h2>
      </header>
      <div class="choices" role="group" aria-label="Which command">
        {commands.value.map((each) => (
          <button
            key={each.name}
            type="button"
            title={each.description}
            aria-pressed={each.name === name}
            onClick={() => setName(each.name === name ? null : each.name)}
          >
            {inWords(each.name)}
          </button>
        ))}
      </div>
      {shape !== undefined && (
        // Another user is another form: what was typed for the one is not meant for the other.
        <CommandForm
          key={shape.usualVersion === null ? `${shape.name} ${chosen.value}` : shape.name}
          shape={shape}
          known={{ id: chosen.value, ...shown }}
          version={shown?.version ?? 0}
        />
      )}
    </section>
  );
}
