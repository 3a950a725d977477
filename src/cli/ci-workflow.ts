// The job that gates a model, as each CI server wants it written. The rules of the branch that a change goes to count too.

/** What is gated. `folder` is that of slipway.yaml; all paths are from the top of the repository, with `/`. */
export interface GateJob {
  file: string;
  model: string;
  data: string | null;
  branch: string;
  /** Rules that do not block do not stop the job. */
  warningsPass: boolean;
  package: string;
  folder: string;
}

/** Where each server looks for its jobs. */
export const ciServers = {
  github: { file: '.github/workflows/slipway-gate.yml' },
  gitlab: { file: '.gitlab-ci.yml' },
  jenkins: { file: 'Jenkinsfile' },
} as const;
export type CiServer = keyof typeof ciServers;

/** The whole file. */
export function workflowOf(server: CiServer, job: GateJob): string {
  return { github, gitlab, jenkins }[server](job);
}

/** The variable says that no graphics libraries are wanted. */
function installSteps(job: GateJob): string[] {
  return [
    'export ONNXRUNTIME_NODE_INSTALL=skip',
    `npm install --prefix .slipway-ci --no-save --no-audit --no-fund "$PWD/${job.package}"`,
  ];
}

/** The model that is there now, without the history of all others: a clone may be of one commit. */
function fetchStep({ branch }: GateJob, depth = ''): string {
  return `git fetch ${depth}origin "+refs/heads/${branch}:refs/remotes/origin/${branch}"`;
}

function gateStep({ file, model, data, branch, folder, warningsPass }: GateJob, remote: string): string {
  return [
    `.slipway-ci/node_modules/.bin/slipway gate "${file}" --model "${model}"`,
    `--workspace "./${folder}"`,
    `--rules "${remote}${branch}" --against "git:${remote}${branch}:${file}"`,
    ...(data === null ? [] : [`--data "${data}"`]),
    ...(warningsPass ? ['--warnings-pass'] : []),
    '--write gate.md gate.xml gate.json',
  ].join(' ');
}

/** The first line of a report names it: the comment of the change before is written anew, and no other one. A fork may write none. */
const commentSteps = [
  'cat gate.md >> "$GITHUB_STEP_SUMMARY"',
  'mark="$(head -n 1 gate.md)"',
  'own="$(gh api --paginate "$COMMENTS" --jq ".[] | select(.body | startswith(\\"$mark\\")) | .id" | head -n 1)" || true',
  'if [ -n "$own" ]; then',
  '  gh api --silent -X PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$own" -F body=@gate.md || echo "No comment could be written."',
  'else',
  '  gh api --silent "$COMMENTS" -F body=@gate.md || echo "No comment could be written."',
  'fi',
];

/** The same for GitLab, whose own token of a job may write no comment: the project has to bring one. */
const noteSteps = [
  'if [ ! -f gate.md ] || [ -z "$GITLAB_TOKEN" ]; then exit 0; fi',
  'notes="$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes"',
  'gitlab() { curl --fail --silent --show-error --header "PRIVATE-TOKEN: $GITLAB_TOKEN" "$@"; }',
  'find=\'JSON.parse(fs.readFileSync(0)).find((note) => note.body.startsWith(process.argv[1]))?.id ?? ""\'',
  'own="$(gitlab "$notes?per_page=100" | node --print "$find" "$(head -n 1 gate.md)")" || own=""',
  'if [ -n "$own" ]; then how="--request PUT $notes/$own"; else how="--request POST $notes"; fi',
  'gitlab --output gate.note $how --data-urlencode body@gate.md || echo "No comment could be written."',
];

function github(job: GateJob): string {
  return `# Written by slipway ci github: holds ${job.file} against the rules of slipway.yaml on every pull request.
name: Gate ${job.model}
on:
  pull_request:
    branches: ["${job.branch}"]
permissions:
  contents: read
  pull-requests: write
jobs:
  gate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          lfs: true
      - uses: actions/setup-node@v4
        with:
          node-version: 24
      - name: Install Slipway
        run: |
${indented(installSteps(job), 10)}
      - name: Gate
        run: |
${indented([fetchStep(job, '--depth 1 '), gateStep(job, 'origin/')], 10)}
      - name: Report
        if: always() && hashFiles('gate.md') != ''
        env:
          GH_TOKEN: \${{ github.token }}
          COMMENTS: repos/\${{ github.repository }}/issues/\${{ github.event.pull_request.number }}/comments
        run: |
${indented(commentSteps, 10)}
      - uses: actions/upload-artifact@v4
        if: always() && hashFiles('gate.md') != ''
        with:
          name: gate
          path: gate.*
`;
}

function gitlab(job: GateJob): string {
  return `# Written by slipway ci gitlab: holds ${job.file} against the rules of slipway.yaml on every merge request.
gate:
  image: node:24
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables:
    GIT_DEPTH: "1"
  before_script:
    - ${fetchStep(job, '--depth 1 ')}
${installSteps(job)
  .map((step) => `    - ${step}`)
  .join('\n')}
  script:
    - ${gateStep(job, 'origin/')}
  # Writes the report below the merge request where the CI/CD variable GITLAB_TOKEN holds a project access token (scope api).
  after_script:
    - |
${indented(noteSteps, 6)}
  artifacts:
    when: always
    paths:
      - gate.md
      - gate.json
    reports:
      junit: gate.xml
`;
}

function jenkins(job: GateJob): string {
  return `// Written by slipway ci jenkins: holds ${job.file} against the rules of slipway.yaml. Needs Node 22.14 or newer on the agent.
pipeline {
  agent any
  stages {
    stage('Install Slipway') {
      steps {
        sh '''
${indented(installSteps(job), 10)}
        '''
      }
    }
    stage('Gate') {
      steps {
        sh '''
${indented([fetchStep(job), gateStep(job, 'origin/')], 10)}
        '''
      }
    }
  }
  post {
    always {
      junit testResults: 'gate.xml', allowEmptyResults: true
      archiveArtifacts artifacts: 'gate.*', allowEmptyArchive: true
    }
  }
}
`;
}

function indented(lines: readonly string[], by: number): string {
  return lines.map((line) => `${' '.repeat(by)}${line}`).join('\n');
}
