using BpfCore.Btf;
using BpfCore.Kernel;
using BpfCore.Objects;
using BpfCore.Specs;

namespace BpfCore.KernelTests.Objects;

/// <summary>The fixtures <c>objects/ext-*.bpf.c</c> in the running kernel.</summary>
internal static class ExternObject
{
    /// <summary>The object of a name.</summary>
    public static BpfObjectSpec Read(string name) =>
        BpfObjectSpec.ReadFile(Path.Combine(AppContext.BaseDirectory, "objects", $"{name}.bpf.o"));

    /// <summary>The object of a name, loaded.</summary>
    public static BpfObject Load(string name)
    {
        BpfObjectSpec spec = Read(name);
        if (spec.Programs.Any(static program => program.Type == ProgramType.Syscall))
        {
            ObjectFixture.RequireSyscallPrograms();
        }

        LiveKernel.RequireTracing();
        return BpfObject.Load(spec);
    }

    /// <summary>Runs a program that takes nothing and gives what it returned.</summary>
    public static int Run(BpfObject loaded, string program) =>
        unchecked((int)loaded.Programs[program].TestRun().ReturnValue);

    /// <summary>Skips the test where the kernel's types lack a function.</summary>
    public static void RequireFunction(string name) => Require(name, BtfKind.Function, "function");

    /// <summary>Skips the test where the kernel's types lack a variable; they have per-CPU ones only.</summary>
    public static void RequireVariable(string name) => Require(name, BtfKind.Variable, "variable");

    private static void Require(string name, BtfKind kind, string word)
    {
        if (!KernelBtf.IsAvailable || !KernelBtf.Vmlinux().TryFind(name, kind, out _))
        {
            LiveKernel.SkipOrFail($"the kernel's types have no {word} {name}");
        }
    }
}
