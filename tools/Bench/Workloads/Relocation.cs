using System.Diagnostics;
using BpfCore.Kernel;
using BpfCore.Linking;
using BpfCore.Objects;
using BpfCore.Specs;

namespace Bench.Workloads;

/// <summary>What <c>peer/relocate.c</c> does on libbpf, through this library.</summary>
internal static class Relocation
{
    /// <summary>Reads an object and relocates all its programs against the running kernel's types, once.</summary>
    /// <param name="path">Path of the object.</param>
    public static int Run(string path)
    {
        long start = Stopwatch.GetTimestamp();
        RelocatedObject relocated = RelocatedObject.Relocate(
            BpfObjectSpec.ReadFile(path), KernelBtf.Vmlinux(), RunningKernel.Facts);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        foreach (RelocatedProgram program in relocated.Programs)
        {
            if (program.Refusal is { } refusal)
            {
                Console.Error.WriteLine($"bench: {refusal.Message}");
                return 1;
            }
        }

        Console.WriteLine($"ready {elapsed.TotalMicroseconds:F0} programs {relocated.Programs.Count}");
        return 0;
    }
}
