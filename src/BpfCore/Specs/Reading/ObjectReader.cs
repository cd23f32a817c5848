using BpfCore.Btf;
using BpfCore.Diagnostics;
using BpfCore.Elf;

namespace BpfCore.Specs.Reading;

/// <summary>Reads a BPF object: the steps in their order.</summary>
internal static class ObjectReader
{
    // The kernel keeps 128 bytes, libbpf 64 with the NUL; a longer license is none that the kernel knows.
    private const int MaximumLicenseLength = 63;

    public static BpfObjectSpec Read(ReadOnlyMemory<byte> image, string name, BpfObserver? observer)
    {
        ElfFile elf = ElfFile.Read(image, name);
        CheckMachine(elf);
        CheckSymbols(elf);
        BpfObjectSpec spec = new(elf);
        SectionReporter.Report(elf, observer);
        ReadLicense(spec);
        ReadTypes(spec);
        ProgramReader.Read(spec);
        MapReader.Read(spec);
        DataSectionReader.Read(spec);
        ExternReader.Read(spec);
        StructOpsReader.Read(spec);
        spec.JumpTables = LastJumpTables(elf);
        RelocationReader.Read(spec);
        MapValuesReader.Read(spec);
        StructOpsRelocationReader.Read(spec);
        SectionReporter.Report(spec, observer);
        return spec;
    }

    private static ReadOnlyMemory<byte> LastJumpTables(ElfFile elf)
    {
        ReadOnlyMemory<byte> tables = default;
        foreach (ElfSection section in elf.Sections)
        {
            if (SectionRole.IsJumpTables(section))
            {
                tables = section.View.Memory;
            }
        }

        return tables;
    }

    private static void CheckMachine(ElfFile elf)
    {
        if (elf.Machine is not (ElfNative.EM_BPF or ElfNative.EM_NONE))
        {
            throw new BpfFormatException(
                elf.Name, null, ElfNative.e_machine,
                $"an object for {ElfMachineName.Describe(elf.Machine)}, expected BPF (247); "
                + "compile it with clang -target bpf");
        }

        if (elf.Type != ElfNative.ET_REL)
        {
            throw new BpfFormatException(
                elf.Name, null, ElfNative.e_type, $"an ELF file of type {elf.Type}, expected a relocatable object (1)");
        }
    }

    // Programs and maps go by their symbols.
    private static void CheckSymbols(ElfFile elf)
    {
        if (elf.SymbolTable.IsEmpty)
        {
            throw new BpfFormatException(
                elf.Name, null, ElfNative.e_shoff,
                "no symbol table: a stripped object; take away debug information only (llvm-strip -g)");
        }
    }

    private static void ReadLicense(BpfObjectSpec spec)
    {
        if (spec.Elf.FindSection("license") is { } section)
        {
            ReadOnlySpan<byte> text = NulTerminated.Bytes(section.Data.Span);
            spec.License = System.Text.Encoding.UTF8.GetString(text[..Math.Min(text.Length, MaximumLicenseLength)]);
        }
    }

    private static void ReadTypes(BpfObjectSpec spec)
    {
        if (spec.Elf.FindSection(".BTF") is not { } section || section.View.Length == 0)
        {
            return;
        }

        spec.Types = BtfDataSectionPatcher.Complete(BtfFile.Read(section.View), DataSectionLayoutReader.Read(spec.Elf));
        if (spec.Elf.FindSection(".BTF.ext") is { } extensions && extensions.View.Length > 0)
        {
            spec.TypeExtensions = BtfExt.Read(extensions.View, spec.Types);
        }
    }
}
