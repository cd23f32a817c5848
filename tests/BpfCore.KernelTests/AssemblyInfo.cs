using Xunit.Sdk;
using Xunit.v3;

// Tests count descriptors of the process and events of the machine: two at a time would count each other's.
[assembly: Parallelization(Mode = ParallelMode.None)]
