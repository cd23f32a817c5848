using BpfCore.Btf;

namespace BpfCore.Specs.Reading;

/// <summary>
/// Lays the configuration values of an object out in a map of one value, <c>.kconfig</c>, like the constants of
/// <c>.rodata</c>; they are filled in when the object is loaded.
/// </summary>
internal static class ConfigurationMapReader
{
    // BPF_F_RDONLY_PROG and BPF_F_MMAPABLE of include/uapi/linux/bpf.h.
    private const uint Flags = (1 << 7) | (1 << 10);

    // Far above what a kernel's configuration holds; more is damage.
    private const ulong MaximumSize = 1 << 20;

    public static void Read(BpfObjectSpec spec)
    {
        ulong size = 0;
        foreach (ExternSpec value in spec.ExternsOf(ExternKind.Configuration))
        {
            ulong offset = (size + value.Alignment - 1) / value.Alignment * value.Alignment;
            size = offset + value.Size;
            if (size > MaximumSize)
            {
                throw new BpfFormatException(
                    spec.Name, ".BTF", 0, $"extern {value.Name} makes .kconfig larger than {MaximumSize} bytes");
            }

            value.Offset = (uint)offset;
        }

        if (size > 0)
        {
            Add(spec, (uint)size);
        }
    }

    private static void Add(BpfObjectSpec spec, uint size)
    {
        const string Name = ExternReader.ConfigurationSection;
        spec.Types!.TryFind(Name, BtfKind.DataSection, out BtfType types);
        MapSpec map = new(Name, Name, MapType.Array)
        {
            KernelName = InternalMapName.Create(spec.Name, Name),
            KeySize = sizeof(uint),
            ValueSize = size,
            MaxEntries = 1,
            Flags = Flags,
            ValueTypeId = types.Id,
            Contents = new byte[size],
            IsFrozen = true,
            SectionIndex = -1, // in no section of the file, so no relocation may find it by one
        };
        spec.Maps.Add(Name, map);
        foreach (ExternSpec value in spec.ExternsOf(ExternKind.Configuration))
        {
            VariableSpec variable = new(value.Name, map, value.Offset, value.Size, value.TypeId, BtfLinkage.External);
            spec.Variables.Add(value.Name, variable);
        }
    }
}
