using System.Buffers.Binary;

namespace BpfCore.Btf;

/// <summary>
/// Completes the data sections of an object's BTF, which the kernel checks: fills in their size and the offsets of
/// their variables, and sorts these by offset (libbpf's <c>btf_fixup_datasec</c>).
/// </summary>
internal static class BtfDataSectionPatcher
{
    /// <summary>Returns the file with every known section completed; the file itself when there is none.</summary>
    public static BtfFile Complete(BtfFile file, IReadOnlyDictionary<string, BtfDataSectionLayout> layouts)
    {
        byte[]? image = null;
        foreach (BtfType type in file.Types)
        {
            // A size other than 0 comes from a static linker, which filled in the offsets too.
            if (type.Kind == BtfKind.DataSection && type.Size == 0
                && layouts.TryGetValue(type.Name, out BtfDataSectionLayout? layout))
            {
                image ??= file.Data.ToArray();
                Complete(image, type, layout);
            }
        }

        return image is null ? file : BtfFile.Read(image, file.Name, file.Base);
    }

    private static void Complete(byte[] image, BtfType section, BtfDataSectionLayout layout)
    {
        Span<byte> record = RecordIn(image, section);
        BinaryPrimitives.WriteUInt32LittleEndian(record[BtfNative.btf_type_size..], layout.Size);

        List<(uint Type, uint Offset, uint Size)> variables = [];
        foreach (BtfSectionVariable variable in section.SectionVariables)
        {
            variables.Add((variable.TypeId.Value, OffsetOf(image, section, variable, layout), variable.Size));
        }

        Span<byte> element = record[BtfNative.sizeof_btf_type..];
        foreach ((uint type, uint offset, uint size) in variables.OrderBy(variable => variable.Offset))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(element, type);
            BinaryPrimitives.WriteUInt32LittleEndian(element[4..], offset);
            BinaryPrimitives.WriteUInt32LittleEndian(element[8..], size);
            element = element[BtfNative.sizeof_btf_var_secinfo..];
        }
    }

    private static uint OffsetOf(
        byte[] image, BtfType section, BtfSectionVariable element, BtfDataSectionLayout layout)
    {
        BtfType variable = element.Variable;
        if (variable.Kind != BtfKind.Variable)
        {
            throw section.Error($"its element {variable} is no variable");
        }

        // Static variables have their offset in the file already.
        if (variable.VariableLinkage == BtfLinkage.Static)
        {
            return element.Offset;
        }

        if (!layout.Offsets.TryGetValue(variable.Name, out uint offset))
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
