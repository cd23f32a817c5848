using BpfCore.Kernel;
using BpfCore.Linking;
using BpfCore.Maps;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Objects;

/// <summary>Creates the maps of an object's operations and gives them their programs.</summary>
internal sealed class StructOpsLoader(SystemCalls calls, StructOpsLinker operations)
{
    private const uint Link = 1 << 13; // BPF_F_LINK, include/uapi/linux/bpf.h

    /// <summary>Creates a map of operations with the kernel's value type.</summary>
    public BpfMap Create(MapFactory factory, MapSpec spec, SafeFdHandle? btf)
    {
        StructOpsImage image = operations.ImageOf(spec)!;
        if (btf is null)
        {
            throw new KernelFeatureException(
                spec.StructOps!.ToString(), "the kernel did not take the object's types, which operations need");
        }

        using SafeFdHandle? module = image.Module is { } types ? ModuleBtfHandle.Open(calls, types.ShortName) : null;
        return factory.Create(
            spec, btf, new StructOpsValueType(image.ValueType.Id.Value, image.ValueType.Size, module));
    }

    /// <summary>Completes a map of operations with the loaded programs, so that it can be attached.</summary>
    public void Complete(BpfMap map, MapSpec spec, SpecCollection<BpfProgram> programs)
    {
        StructOpsImage image = operations.ImageOf(spec)!;
        List<(int, SafeFdHandle)> descriptors = [];
        foreach ((int offset, ProgramSpec program) in image.Programs)
        {
            descriptors.Add((offset, programs[program.Name].Handle));
        }

        map.StructOps = new StructOpsValue(image.Value, descriptors, (spec.Flags & Link) != 0);
    }
}
