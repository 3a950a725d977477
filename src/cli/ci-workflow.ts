// The job that gates a model, as each CI server wants it written.

/** What is gated. `folder` is that of slipway.yaml; all paths are from the top of the repository, with `/`. */
export interface GateJob {
  file: string;
  model: string;
  data: string | null;
  branch: string;
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

/** A git of its own history, for the model that is there now. The variable says that no graphics libraries are wanted. */
function installSteps(job: GateJob): string[] {
  return [
    'export ONNXRUNTIME_NODE_INSTALL=skip',
    `npm install --prefix .slipway-ci --no-save --no-audit --no-fund "$PWD/${job.package}"`,
  ];
}

function gateStep({ file, model, data, branch, folder }: GateJob, remote: string): string {
  return [
    `.slipway-ci/node_modules/.bin/slipway gate "${file}" --model "${model}"`,
    `--workspace "./${folder}"`,
    `--against "git:${remote}${branch}:${file}"`,
    ...(data === null ? [] : [`--data "${data}"`]),
    '--warnings-pass --write gate.md gate.xml gate.json',
  ].join(' ');
}

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
          fetch-depth: 0
          lfs: true
      - uses: actions/setup-node@v4
        with:
          node-version: 24
      - name: Install Slipway
        run: |
${indented(installSteps(job), 10)}
      - name: Gate
        run: |
${indented([gateStep(job, 'origin/')], 10)}
      - name: Report
        if: always() && hashFiles('gate.md') != ''
        env:
          GH_TOKEN: \${{ github.token }}
        run: |
          cat gate.md >> "$GITHUB_STEP_SUMMARY"
          gh pr comment "\${{ github.event.pull_request.number }}" --body-file gate.md --edit-last --create-if-none || true
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
    GIT_DEPTH: "0"
  before_script:
    - git fetch origin "${job.branch}:refs/remotes/origin/${job.branch}"
${installSteps(job)
  .map((step) => `    - ${step}`)
  .join('\n')}
  script:
    - ${gateStep(job, 'origin/')}
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
          git fetch origin "${job.branch}:refs/remotes/origin/${job.branch}"
${indented([gateStep(job, 'origin/')], 10)}
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
