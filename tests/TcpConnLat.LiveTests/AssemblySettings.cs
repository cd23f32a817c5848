using TcpConnLat.LiveTests.Harness;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

// The tool sees the whole machine, and latencies are measured: one test at a time.
[assembly: Parallelization(Mode = ParallelMode.None)]

// One network for the run: two namespaces take longer to make than most tests.
[assembly: AssemblyFixture(typeof(TestNetwork))]
