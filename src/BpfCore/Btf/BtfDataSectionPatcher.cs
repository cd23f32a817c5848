using System.Buffers.Binary;

namespace BpfCore.Btf;

/// <summary>
/// Completes the data sections of an object's BTF, which the kernel checks: fills in their size and the offsets of
/// their variables where clang left them out, takes hidden variables for static ones and sorts by offset (libbpf's
/// <c>btf_fixup_datasec</c>).
/// </summary>
internal static class BtfDataSectionPatcher
{
    private const int PositionBits = 32;

    /// <summary>Returns the file with every section completed; the file itself when there is none.</summary>
    /// <exception cref="BpfFormatException">A section or a variable is not in the ELF file.</exception>
    public static BtfFile Complete(BtfFile file, IReadOnlyDictionary<string, BtfDataSectionLayout> layouts)
    {
        byte[]? image = null;
        foreach (BtfType type in file.Types)
        {
            // Externals lie in no section of the ELF file.
            if (type.Kind == BtfKind.DataSection && type.Name is not (".ksyms" or ".kconfig"))
            {
                image ??= file.Data.ToArray();
                Complete(image, type, layouts.GetValueOrDefault(type.Name));
            }
        }

        return image is null ? file : BtfFile.Read(image, file.Name, file.Base);
    }

    private static void Complete(byte[] image, BtfType section, BtfDataSectionLayout? layout)
    {
        // A size other than 0 comes from a static linker, which filled in the offsets too.
        bool isLinked = section.Size != 0;
        Span<byte> record = RecordIn(image, section);
        if (!isLinked)
        {
            uint size = layout?.Size ?? throw Missing(section);
            BinaryPrimitives.WriteUInt32LittleEndian(record[BtfNative.btf_type_size..], size);
        }

        // By offset; those of equal offset stay in order, as the position is the lower half of what is sorted.
        BtfElementList<BtfSectionVariable> variables = section.SectionVariables;
        ulong[] order = new ulong[variables.Count];
        for (int index = 0; index < order.Length; index++)
        {
            uint offset = OffsetOf(image, section, variables[index], layout);
            order[index] = ((ulong)(isLinked ? variables[index].Offset : offset) << PositionBits) | (uint)index;
        }

        Array.Sort(order);
        Span<byte> element = record[BtfNative.sizeof_btf_type..];
        foreach (ulong place in order)
        {
            BtfSectionVariable variable = variables[unchecked((int)place)];
            BinaryPrimitives.WriteUInt32LittleEndian(element, variable.TypeId.Value);
            BinaryPrimitives.WriteUInt32LittleEndian(element[4..], (uint)(place >> PositionBits));
            BinaryPrimitives.WriteUInt32LittleEndian(element[8..], variable.Size);
            element = element[BtfNative.sizeof_btf_var_secinfo..];
        }
    }

    private static BpfFormatException Missing(BtfType section)
    {
        foreach (BtfSectionVariable element in section.SectionVariables)
        {
            BtfType variable = element.Variable;
            if (variable.Kind == BtfKind.Variable && variable.VariableLinkage == BtfLinkage.External)
            {
                return section.Error(
                    $"extern {variable.Name} lies in section {section.Name}, expected .ksyms or .kconfig");
            }
        }

        return section.Error("the ELF file has no such section, or an empty one");
    }

    private static uint OffsetOf(
        byte[] image, BtfType section, BtfSectionVariable element, BtfDataSectionLayout? layout)
    {
        BtfType variable = element.Variable;
        if (variable.Kind != BtfKind.Variable)
        {
            throw section.Error($"its element {variable} is no variable");
        }

        // Static variables have their offset in the file already, external ones have none.
        if (variable.VariableLinkage is BtfLinkage.Static or BtfLinkage.External)
        {
            return element.Offset;
        }

        uint offset = 0;
        if (layout is null || !layout.Offsets.TryGetValue(variable.Name, out offset))
        {
            throw section.Error($"no ELF symbol for its variable {variable.Name}");
        }

        if (layout.Hidden.Contains(variable.Name))
        {
            Span<byte> linkage = RecordIn(image, variable)[BtfNative.sizeof_btf_type..];
            BinaryPrimitives.WriteUInt32LittleEndian(linkage, (uint)BtfLinkage.Static);
        }

        return offset;
    }

    private static Span<byte> RecordIn(byte[] image, BtfType type) =>
        image.AsSpan(type.File.TypeSectionOffset + type.File.RecordOffset(type.Id));
}
